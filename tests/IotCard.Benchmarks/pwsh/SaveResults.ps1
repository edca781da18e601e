# Runs a script and keeps its results in a file, as a user does who has many cards. The script's own arguments follow.
param([string] $Script, [string] $ResultPath)

& $Script @args | Export-Csv -LiteralPath $ResultPath
