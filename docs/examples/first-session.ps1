# A dozen cards: those with a NewImei are swapped to a new device, the others are retired.
$cards = Import-Csv cards.csv
$swaps = $cards | Where-Object NewImei
$retired = $cards | Where-Object { -not $_.NewImei }

# A dry run. Nothing is sent, and rows that can never be sent show already.
$bad = $swaps | Set-IotCardBinding -WhatIf -ErrorAction SilentlyContinue
$bad

# Rebind. Every row gives one result, whatever became of it.
$rebound = $swaps | Set-IotCardBinding -ErrorAction SilentlyContinue -ErrorVariable problems
$rebound

# Each failure says what to do about it.
$problems | ForEach-Object { "- $_"; "  $($_.ErrorDetails.RecommendedAction)" }

# Unbind for good. It asks before each card; A says yes to all of them.
$unbound = $retired | Remove-IotCardBinding -ErrorAction SilentlyContinue
$unbound

# Hand the results on: to a file, and from there to whatever comes next.
@($rebound) + @($unbound) | Export-Csv result.csv
Import-Csv result.csv | Where-Object Outcome -eq Failed | ForEach-Object { "$($_.Iccid): $($_.Message)" }
