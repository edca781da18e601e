# The same without a module: signed by hand (ACS3-HMAC-SHA256), sent with Invoke-RestMethod, one by one or in parallel. It
# retries nothing, records nothing and checks nothing.
param(
    [Parameter(Mandatory)][uri] $Endpoint,
    [Parameter(Mandatory)][string] $Path,
    [int] $ThrottleLimit = 1
)

$ErrorActionPreference = 'Stop'

# In parallel, each row has a runspace that shares nothing with this one but the environment.
$env:CARD_ENDPOINT = $Endpoint
$send = {
    function Get-Sha256 ([string] $Text) {
        [Convert]::ToHexString([Security.Cryptography.SHA256]::HashData([Text.Encoding]::UTF8.GetBytes($Text))).ToLowerInvariant()
    }

    function Get-HmacSha256 ([string] $Key, [string] $Text) {
        $utf8 = [Text.Encoding]::UTF8
        [Convert]::ToHexString([Security.Cryptography.HMACSHA256]::HashData($utf8.GetBytes($Key), $utf8.GetBytes($Text))).ToLowerInvariant()
    }

    # Sorted by name.
    $query = "Iccid=$($_.Iccid)&Imei=$($_.Imei)&NewImei=$($_.NewImei)&OpionType=chgBind"
    $signed = [ordered]@{
        'content-type'          = 'application/x-www-form-urlencoded'
        'host'                  = ([uri] $env:CARD_ENDPOINT).Authority
        'x-acs-action'          = 'DoIotChgBindOrUnBind'
        'x-acs-content-sha256'  = Get-Sha256 ''
        'x-acs-date'            = [DateTime]::UtcNow.ToString('yyyy-MM-ddTHH:mm:ssZ')
        'x-acs-signature-nonce' = [Guid]::NewGuid().ToString()
        'x-acs-version'         = '2017-11-11'
    }
    $names = $signed.Keys -join ';'
    $lines = $signed.Keys.ForEach({ "${_}:$($signed[$_])" })
    $canonical = (@('POST', '/', $query) + $lines + @('', $names, $signed['x-acs-content-sha256'])) -join "`n"
    $signature = Get-HmacSha256 $env:ALIBABA_CLOUD_ACCESS_KEY_SECRET "ACS3-HMAC-SHA256`n$(Get-Sha256 $canonical)"
    $headers = @{ Authorization = "ACS3-HMAC-SHA256 Credential=$env:ALIBABA_CLOUD_ACCESS_KEY_ID,SignedHeaders=$names,Signature=$signature" }
    $signed.Keys.Where({ $_ -notin 'content-type', 'host' }).ForEach({ $headers[$_] = $signed[$_] })
    Invoke-RestMethod -Method Post -Uri "${env:CARD_ENDPOINT}?$query" -ContentType $signed['content-type'] -Headers $headers -SkipHeaderValidation
}

if ($ThrottleLimit -eq 1) {
    Import-Csv -LiteralPath $Path | ForEach-Object $send
}
else {
    Import-Csv -LiteralPath $Path | ForEach-Object -Parallel $send -ThrottleLimit $ThrottleLimit
}
