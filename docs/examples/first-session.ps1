# A dozen cards: those with a NewImei are swapped to a new device, the others are retired.
$cards = Import-Csv cards.csv
$swaps = $cards | Where-Object NewImei
$retired = $cards | Where-Object { -not $_.NewImei }

# Look first. Nothing is sent, but invalid rows already show.
$swaps | Test-IotCardBinding

# Rebind. Every row has one result, whatever its outcome.
$rebound = $swaps | Set-IotCardBinding -ErrorAction SilentlyContinue -ErrorVariable problems
$rebound

# Each failure says what to do about it.
$problems | ForEach-Object { "- $_"; "  $($_.ErrorDetails.RecommendedAction)" }

# Unbind for good. A person is asked for each card; a script that has looked at its list answers in advance.
$retired | Remove-IotCardBinding -WhatIf
$unbound = $retired | Remove-IotCardBinding -Confirm:$false -ErrorAction SilentlyContinue
$unbound

# Pass the results on: to a file, and from there to other commands.
@($rebound) + @($unbound) | Export-Csv result.csv
Import-Csv result.csv | Where-Object Outcome -eq Failed | ForEach-Object { "$($_.Iccid): $($_.Message)" }
