param([string] $ModulePath, [string] $Sandbox)

BeforeDiscovery {
    . (Join-Path $PSScriptRoot 'Pages.ps1')
    $sessions = @(Get-PageSession | Where-Object { $_.Commands })
    $pairs = @(Get-PagePair)
}

Describe 'The commands of <Name>' -ForEach $sessions {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Sandbox.ps1')
        $root = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
        $work = (New-Item (Join-Path $TestDrive ([guid]::NewGuid())) -ItemType Directory).FullName
        $examples = New-Item (Join-Path $work 'docs/examples') -ItemType Directory
        Copy-Item (Join-Path $root 'docs/examples/*.csv') $examples
        $cards = Import-Csv (Join-Path $root 'docs/examples/cards.csv')
        $cards | Where-Object NewImei | Export-Csv (Join-Path $work 'swaps.csv')
        $cards | Where-Object { -not $_.NewImei } | Export-Csv (Join-Path $work 'retired.csv')
        $config = Join-Path $work 'config.json'
        Set-Content $config '{"current":"factory","profiles":[{"name":"factory","mode":"AK","access_key_id":"sandbox-id","access_key_secret":"sandbox-secret"}]}'
        if ($PSEdition -eq 'Core' -and -not $IsWindows) {
            chmod 600 $config
        }

        # Practice mode, as the line that the sandbox prints sets it.
        $service = Start-Sandbox $Sandbox
        $null = Invoke-SandboxCall $service 'audit' Put '{"Delay":"00:00:00"}'
        $environment = @{
            IOTCARD_ENDPOINT                    = "$($service.Endpoint)"
            ALIBABA_CLOUD_ACCESS_KEY_ID         = 'sandbox-id'
            ALIBABA_CLOUD_ACCESS_KEY_SECRET     = 'sandbox-secret'
            ALIBABA_CLOUD_CONFIG_FILE           = $config
            ALIBABA_CLOUD_ECS_METADATA_DISABLED = 'true'
            XDG_STATE_HOME                      = Join-Path $work 'state'
        }
        $before = @{}
        foreach ($variable in $environment.Keys) {
            $before[$variable] = [Environment]::GetEnvironmentVariable($variable)
            [Environment]::SetEnvironmentVariable($variable, $environment[$variable])
        }

        # What a page writes to the console itself does not belong to this suite's output.
        $console = [Console]::Out
        [Console]::SetOut([System.IO.TextWriter]::Null)
        $runspace = [runspacefactory]::CreateRunspace()
        $runspace.Open()

        function Invoke-PageCode {
            param([string] $Code)

            $shell = [powershell]::Create($runspace)
            try {
                $null = $shell.AddScript($Code).AddCommand('Out-String').AddParameter('Width', 80)
                $text = -join $shell.Invoke()
                [pscustomobject]@{ Text = $text; Errors = @($shell.Streams.Error) }
            }
            finally {
                $shell.Dispose()
            }
        }

        # Somebody confirms everything, and enters the sandbox's key where a credential is asked for.
        $null = Invoke-PageCode @"
Import-Module '$ModulePath'
Set-Location '$work'
`$ConfirmPreference = 'None'
if (`$PSStyle) { `$PSStyle.OutputRendering = 'PlainText' }
function Get-Credential { [pscredential]::new('sandbox-id', (ConvertTo-SecureString 'sandbox-secret' -AsPlainText -Force)) }
"@
        $assumption = if ($Assumed) { $Assumed } else { @{} }
        if ($assumption['Lost']) {
            # The connections of these cards are lost, so that there is something to settle.
            $lost = @{}
            $assumption['Lost'].Keys | ForEach-Object { $lost[$_] = @($assumption['Lost'][$_]) }
            $null = Invoke-SandboxCall $service 'faults' Put (@{ UpcomingByCard = $lost } | ConvertTo-Json)
        }

        if ($assumption['Code']) {
            $null = Invoke-PageCode $assumption['Code']
        }

        function Set-Actual {
            # Puts what a reader would put there in the place of a page's examples.
            param([string] $Code)

            $values = @{
                'http://127\.0\.0\.1:(8080|8920)' = "$($service.Endpoint)".TrimEnd('/')
                '(?m)^token=\S+$'                 = "token=$($service.Token)"
                '<ICCID>'                         = '89860018521874998319'
                '<old IMEI>'                      = '860456038157932'
                '<new IMEI>'                      = '353918052345671'
            }
            $values.Keys | ForEach-Object { $Code = $Code -replace $_, $values[$_] }
            $Code
        }
    }

    AfterAll {
        $runspace.Dispose()
        [Console]::SetOut($console)
        $before.Keys | ForEach-Object { [Environment]::SetEnvironmentVariable($_, $before[$_]) }
        Stop-Sandbox $service
    }

    It 'run: <Page>, <First>' -ForEach $Commands {
        if ($Code -match '^dotnet run --project src/IotCard\.Sandbox -- serve') {
            # Built already, and at a port that is free.
            Stop-Sandbox (Start-Sandbox $Sandbox -Options (($Code -replace '^.* serve ' -replace '--port \d+').Trim() -split ' '))
            return
        }

        $actual = Set-Actual $Code
        if ($Language -ne 'powershell') {
            if (-not (Get-Command sh, ($First -split ' ')[0] -CommandType Application -ErrorAction Ignore)) {
                Set-ItResult -Skipped -Because 'this is for another shell'
            }

            Push-Location $work
            try {
                $printed = & sh -e -c $actual 2>&1
                $LASTEXITCODE | Should -Be 0 -Because "$printed"
            }
            finally {
                Pop-Location
            }

            return
        }

        $run = Invoke-PageCode $actual

        # Some rows of the samples fail, and some pages show just that.
        $run.Errors | ForEach-Object { $_.FullyQualifiedErrorId | Should -Match '^(isv\.\w+|SpreadsheetNumber|ImeiCheckDigit|OutcomeUnknown),IotCard\.Commands\.' -Because "$_" }
        # The times on a page differ from those of a run.
        $lines, $expected = $run.Text, $Shown | ForEach-Object {
            , @($_ -split '\r?\n' | ForEach-Object { ($_ -replace '\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ', 'TIME' -replace '\s+', ' ').Trim() })
        }
        $expected | Where-Object { $_ } | ForEach-Object { $_ | Should -BeIn $lines }
    }

    It 'perform nothing twice' {
        $executed = @((Get-SandboxLog $service).Operations | Where-Object Executed)

        $executed | Group-Object Iccid, Operation, Imei, NewImei | Where-Object Count -gt 1 | Should -BeNullOrEmpty
    }
}

Describe 'The blocks of code on the pages' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Pages.ps1')
        $blocks = @(Get-PageSession | ForEach-Object Blocks)
        $listed = Import-PowerShellDataFile (Join-Path $PSScriptRoot 'Pages.psd1')
    }

    It 'name their language, so that it is known whether they are commands' {
        $blocks | Where-Object { $_.Language -notin $commandLanguages + $otherLanguages } | ForEach-Object { "$($_.Page): $($_.First)" } | Should -BeNullOrEmpty
    }

    It 'are the same commands in <Chinese> as in English' -ForEach $pairs {
        Get-PlainCode $Chinese | Should -Be (Get-PlainCode $Page)
        foreach ($block in Get-PageBlock $Chinese | Where-Object { $_.Language -eq 'powershell' }) {
            $errors = $null
            $null = [System.Management.Automation.Language.Parser]::ParseInput($block.Code, [ref] $null, [ref] $errors)
            $errors | Should -BeNullOrEmpty -Because $block.Code
        }
    }

    It 'are run, or listed with a reason, and the list has no others' {
        $blocks.Count | Should -BeGreaterThan 100
        foreach ($entry in $listed.NotRun) {
            $entry.Why | Should -Not -BeNullOrEmpty
            @($blocks | Where-Object { Find-PageEntry @($entry) $_ }).Count | Should -BeGreaterThan 0 -Because "$($entry.Page) has no block that begins with $($entry.First)"
        }
    }
}
