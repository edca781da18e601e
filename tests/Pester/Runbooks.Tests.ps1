param([string] $ModulePath, [string] $Sandbox)

BeforeDiscovery {
    $isUnix = $PSEdition -eq 'Core' -and -not $IsWindows
    # A root that is read-only, and a user without a name: what a container has, without a container.
    $canUnshare = $isUnix -and (Get-Command unshare -ErrorAction Ignore) -and
        (& unshare --user --map-root-user --mount sh -c 'mount -o remount,bind,ro / && echo yes' 2>$null) -eq 'yes'
}

Describe 'The samples in docs/examples/runbooks' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Sandbox.ps1')
        . (Join-Path $PSScriptRoot 'Shell.ps1')
        $samples = (Resolve-Path (Join-Path $PSScriptRoot '../../docs/examples/runbooks')).Path
        $modules = Join-Path $TestDrive 'modules'
        $null = New-Item $modules -ItemType Directory
        Copy-Item (Split-Path $ModulePath) (Join-Path $modules 'IotCard') -Recurse
        $shell, [string[]] $first = Get-ShellCommand

        function Invoke-Sample {
            # Runs a program as a scheduler would: with these variables, no others of a user's, and nobody to answer.
            param([string] $Program = $shell, [string[]] $Argument, [hashtable] $Environment = @{}, [string] $Folder = $work)

            $start = [System.Diagnostics.ProcessStartInfo]::new($Program, (($Argument | ForEach-Object { '"{0}"' -f $_.Replace('\', '\\').Replace('"', '\"') }) -join ' '))
            $start.WorkingDirectory = $Folder
            $start.UseShellExecute = $false
            $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
            'HOME', 'USER', 'LOGNAME', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME', 'XDG_DATA_HOME', 'XDG_STATE_HOME' | ForEach-Object { $null = $start.EnvironmentVariables.Remove($_) }
            $variables = @{
                PSModulePath                    = $modules
                IOTCARD_ENDPOINT                = "$($service.Endpoint)"
                ALIBABA_CLOUD_ACCESS_KEY_ID     = 'sandbox-id'
                ALIBABA_CLOUD_ACCESS_KEY_SECRET = 'sandbox-secret'
                TERM                            = 'dumb'
                DOTNET_CLI_HOME                 = [System.IO.Path]::GetTempPath()
            }
            foreach ($name in @($variables.Keys) + @($Environment.Keys)) {
                $value = if ($Environment.ContainsKey($name)) { $Environment[$name] } else { $variables[$name] }
                $start.EnvironmentVariables[$name] = $value
            }

            $process = [System.Diagnostics.Process]::Start($start)
            $process.StandardInput.Close()
            $errors = $process.StandardError.ReadToEndAsync()
            $output = $process.StandardOutput.ReadToEnd()
            $process.WaitForExit()
            [pscustomobject]@{ ExitCode = $process.ExitCode; Output = $output; Text = $output + $errors.Result; Lines = @($output -split '\r?\n' | Where-Object { $_ }) }
        }

        function Invoke-Retire {
            param([string[]] $Argument = @(), [hashtable] $Environment = @{}, [string] $Folder = $work)

            Invoke-Sample -Argument ($first + '-NoProfile', '-NonInteractive', '-File', (Join-Path $samples 'retire.ps1') + $Argument) -Environment $Environment -Folder $Folder
        }

        # How often each card's account was closed, by the sandbox's own record.
        function Get-Executed {
            (Get-SandboxLog $service).Operations | ForEach-Object Executed
        }

        function Get-Step {
            # The block of lines that follows a line of a file, without its indentation.
            param([string] $File, [string] $After, [string] $Until)

            $text = [System.IO.File]::ReadAllText((Join-Path $samples $File)).Replace("`r", '')
            $block = [regex]::Match($text, "(?s)$([regex]::Escape($After))\n(.*?)(\n$Until|\z)").Groups[1].Value
            $block | Should -Not -BeNullOrEmpty
            $block
        }

        function New-Checkout {
            # A working folder as a build server has it.
            $folder = New-Item (Join-Path $work 'docs/examples') -ItemType Directory
            Copy-Item $samples $folder -Recurse
        }

        # A pwsh on the PATH, whatever this shell is.
        $bin = New-Item (Join-Path $TestDrive 'bin') -ItemType Directory
        if ($PSEdition -eq 'Core' -and -not $IsWindows) {
            Set-Content (Join-Path $bin 'pwsh') "#!/bin/sh`nexec '$shell' $(($first | ForEach-Object { "'$_'" }) -join ' ') `"`$@`""
            chmod +x (Join-Path $bin 'pwsh')
        }
    }

    BeforeEach {
        $work = (New-Item (Join-Path $TestDrive ([guid]::NewGuid().ToString('n'))) -ItemType Directory).FullName
        $rows = 1..5 | ForEach-Object { [pscustomobject]@{ Iccid = '8986{0:d15}' -f $_; Imei = '86{0:d12}0' -f $_ } }
        $rows | Export-Csv (Join-Path $work 'retired.csv')
        $service = Start-Sandbox $Sandbox -Options '--fleet', "$(Join-Path $work 'retired.csv')", '--access-key', 'sandbox-id:sandbox-secret', '--sts-key', 'STS.id:sts-secret:sts-token'
    }

    AfterEach {
        Stop-Sandbox $service
    }

    Context 'retire.ps1' {
        It 'does the list, and does nothing twice' {
            (Invoke-Retire '-ReportPath', 'retire.html').ExitCode | Should -Be 0
            Get-Executed | Should -Be (@(1) * 5)
            Join-Path $work 'retire.html' | Should -FileContentMatch '<!DOCTYPE html>'
            @(Import-Csv (Join-Path $work 'retire.csv')).Count | Should -Be 5

            $again = Invoke-Retire '-Run', 'Resume'
            $again.ExitCode | Should -Be 0
            $again.Text | Should -Match 'Rows: 5\. Done before: 0, refused: 0, results: 5\.'
            Get-Executed | Should -Be (@(1) * 5)
        }

        It 'insists on its journal when it is to resume' {
            $run = Invoke-Retire '-Run', 'Resume'

            $run.ExitCode | Should -Be 4
            $run.Text | Should -Match '-Run Lost'
            Get-Executed | Should -BeNullOrEmpty
        }

        It 'counts what is done as done when its journal is lost' {
            Import-Csv (Join-Path $work 'retired.csv') | Select-Object -First 3 | Export-Csv (Join-Path $work 'first.csv')
            (Invoke-Retire '-List', 'first.csv').ExitCode | Should -Be 0
            Remove-Item (Join-Path $work 'retire.jsonl')

            $run = Invoke-Retire '-Run', 'Lost'

            $run.Text | Should -Match 'Rows: 5\. Done before: 3, refused: 0, results: 2\.'
            $run.ExitCode | Should -Be 0
            Get-Executed | Should -Be (@(1) * 5)
        }

        It 'would end with 1 without that: the service refuses a card that is closed' {
            (Invoke-Retire).ExitCode | Should -Be 0
            Remove-Item (Join-Path $work 'retire.jsonl')

            (Invoke-Retire).ExitCode | Should -Be 1
        }

        It 'goes on from a journal that was copied away and back' {
            Import-Csv (Join-Path $work 'retired.csv') | Select-Object -First 2 | Export-Csv (Join-Path $work 'first.csv')
            (Invoke-Retire '-List', 'first.csv').ExitCode | Should -Be 0
            $store = New-Item (Join-Path $TestDrive ([guid]::NewGuid())) -ItemType Directory
            Move-Item (Join-Path $work 'retire.jsonl') $store

            $disk = (New-Item (Join-Path $TestDrive ([guid]::NewGuid())) -ItemType Directory).FullName
            Copy-Item (Join-Path $store 'retire.jsonl'), (Join-Path $work 'retired.csv') $disk
            (Invoke-Retire '-Run', 'Resume' -Folder $disk).ExitCode | Should -Be 0

            Get-Executed | Should -Be (@(1) * 5)
        }

        It 'ends with 1 if a card failed' {
            Set-Content (Join-Path $work 'wrong.csv') 'Iccid,Imei', '89860000000000009999,860000000000001'
            (Invoke-Retire '-List', 'wrong.csv').ExitCode | Should -Be 1
        }

        It 'ends with 1, and says why, if it cannot start' {
            $run = Invoke-Retire -Environment @{ ALIBABA_CLOUD_PROFILE = 'none'; ALIBABA_CLOUD_ACCESS_KEY_ID = '' }

            $run.ExitCode | Should -Be 1
            Get-Executed | Should -BeNullOrEmpty
        }

        It 'writes no escape sequence and no progress into a log' {
            (Invoke-Retire -Environment @{ TERM = 'xterm-256color' }).Text | Should -Not -Match ([char] 27)
        }

        It 'logs what it is about to do' {
            (Invoke-Retire).Text | Should -Match '5\s+Send'
        }
    }

    Context 'The brakes of docs/runbooks.md' {
        BeforeAll {
            function Get-Brake([string] $File) {
                $section = [regex]::Match((Get-Content (Join-Path $PSScriptRoot "../../docs/$File") -Raw -Encoding utf8), '(?s)\n## Brakes\r?\n(.*?)\n## ').Value
                [regex]::Matches($section, '(?s)```powershell\r?\n(.*?)\r?\n```') | ForEach-Object { $_.Groups[1].Value }
            }

            function Invoke-Brake {
                param([string[]] $Code)

                Set-Content (Join-Path $work 'brake.ps1') (@('$ConfirmPreference = ''None''; $ProgressPreference = ''SilentlyContinue''') + $Code)
                Invoke-Sample -Argument ($first + '-NoProfile', '-NonInteractive', '-File', (Join-Path $work 'brake.ps1'))
            }

            $canary, $prepare, $approved = Get-Brake 'runbooks.md'
        }

        It 'do the first cards alone, then the rest, and none twice' {
            $alone, $rest = $canary -split '\r?\n'
            $null = Invoke-Brake $alone
            Get-Executed | Should -Be (@(1) * 3)

            $null = Invoke-Brake $rest
            Get-Executed | Should -Be (@(1) * 5)
        }

        It 'send the list that was approved, also after a stop, and no other' {
            $summary = Invoke-Brake $prepare
            $hash = [regex]::Match($summary.Output, 'Hash\s+: (\S+)').Groups[1].Value
            $summary.Output | Should -Match 'Send\s+: 5'

            $null = Invoke-Brake "`$hash = '$hash'", $approved.Replace('retired.csv |', 'retired.csv | Select-Object -First 4 |')
            Get-Executed | Should -BeNullOrEmpty

            $null = Invoke-Brake "`$hash = '$hash'", "$approved | Select-Object -First 1"
            $null = Invoke-Brake "`$hash = '$hash'", $approved
            Get-Executed | Should -Be (@(1) * 5)
        }

        It 'warn of a list without rows' {
            Set-Content (Join-Path $work 'retired.csv') 'Iccid,Imei'

            (Invoke-Brake $approved.Replace('-ApprovedHash $hash', '')).Text | Should -Match 'The list is empty'
        }
    }

    It 'json-lines.ps1 writes one object a line and nothing else' {
        $run = Invoke-Sample -Argument ($first + '-NoProfile', '-NonInteractive', '-File', (Join-Path $samples 'json-lines.ps1'))

        $run.ExitCode | Should -Be 0
        $objects = $run.Lines | ForEach-Object { $_ | ConvertFrom-Json }
        $objects.Iccid | Should -Be $rows.Iccid
        $objects.Outcome | Should -Be (@('Succeeded') * 5)
        $objects[0].Elapsed | Should -BeOfType [double]
    }

    It 'azure-automation.ps1 starts from the beginning after an interruption, and closes no account twice' {
        $blobs = (New-Item (Join-Path $work 'blobs') -ItemType Directory).FullName
        Copy-Item (Join-Path $work 'retired.csv') (Join-Path $blobs 'retire.csv')
        # Blobs are files here.
        Set-Content (Join-Path $work 'start.ps1') @'
param($Blobs, $Sample)
function Connect-AzAccount { param([switch] $Identity) }
function New-AzStorageContext { param($StorageAccountName, [switch] $UseConnectedAccount) }
function Get-AzStorageBlob { [CmdletBinding()] param($Container, $Context, $Blob) Get-Item (Join-Path $Blobs $Blob) -ErrorAction Ignore }
function Get-AzStorageBlobContent { param($Container, $Context, $Blob, $Destination) Copy-Item (Join-Path $Blobs $Blob) $Destination }
function Set-AzStorageBlobContent { param($Container, $Context, $File, $Blob, [switch] $Force) Copy-Item $File (Join-Path $Blobs $Blob) }
function Get-AutomationPSCredential { param($Name) [pscredential]::new('sandbox-id', (ConvertTo-SecureString 'sandbox-secret' -AsPlainText -Force)) }
Import-Module IotCard
& $Sample -StorageAccount name
'@
        $arguments = $first + '-NoProfile', '-NonInteractive', '-File', (Join-Path $work 'start.ps1'), $blobs, (Join-Path $samples 'azure-automation.ps1')
        $environment = @{ ALIBABA_CLOUD_ACCESS_KEY_ID = ''; ALIBABA_CLOUD_ACCESS_KEY_SECRET = '' }
        foreach ($run in 1..2) {
            $sample = Invoke-Sample -Argument $arguments -Environment $environment
            $sample.ExitCode | Should -Be 0 -Because $sample.Text
        }

        Get-Executed | Should -Be (@(1) * 5)
        Join-Path $blobs 'retire.html' | Should -FileContentMatch 'Succeeded: 5'

        # A card that is not done makes the job Failed.
        Add-Content (Join-Path $blobs 'retire.csv') '"89860000000000009999","860000000000001"'
        $sample = Invoke-Sample -Argument $arguments -Environment $environment
        $sample.ExitCode | Should -Be 1
        $sample.Text | Should -Match '1 of 6 cards are not done'
    }

    It 'function-compute.ps1 takes the credential of each invocation from its headers' {
        Copy-Item (Join-Path $work 'retired.csv') (Join-Path $work 'job.csv')
        Set-Content (Join-Path $work 'start.ps1') "& '$samples/function-compute.ps1' -Header @{ 'x-fc-access-key-id' = 'STS.id'; 'x-fc-access-key-secret' = 'sts-secret'; 'x-fc-security-token' = 'sts-token' } -Folder '$work' -Job job; exit `$LASTEXITCODE"

        $run = Invoke-Sample -Argument ($first + '-NoProfile', '-NonInteractive', '-File', (Join-Path $work 'start.ps1')) -Environment @{ ALIBABA_CLOUD_ACCESS_KEY_ID = ''; ALIBABA_CLOUD_ACCESS_KEY_SECRET = '' }

        $run.ExitCode | Should -Be 0 -Because $run.Text
        Get-Executed | Should -Be (@(1) * 5)
        Join-Path $work 'job.html' | Should -Exist
    }

    It 'the step of github-actions.yml appends the report to the summary of the job' {
        New-Checkout
        Set-Content (Join-Path $work 'step.ps1') (Get-Step 'github-actions.yml' '        run: |' '\n      # Also')
        $summary = Join-Path $work 'summary.md'

        $run = Invoke-Sample -Argument ($first + '-NoProfile', '-NonInteractive', '-File', (Join-Path $work 'step.ps1')) -Environment @{ RUN = 'First'; GITHUB_STEP_SUMMARY = $summary }

        $run.ExitCode | Should -Be 0 -Because $run.Text
        $summary | Should -FileContentMatch '\| 5 \| 0 \| 0 \|'
        # The credential outlives the job, which the action cannot renew.
        $text = Get-Content (Join-Path $samples 'github-actions.yml') -Raw
        60 * [regex]::Match($text, 'timeout-minutes: (\d+)').Groups[1].Value | Should -BeLessThan ([int] [regex]::Match($text, 'role-session-expiration: (\d+)').Groups[1].Value)
    }

    It 'the step of the Jenkinsfile hands the results over as tests' {
        New-Checkout
        Set-Content (Join-Path $work 'step.ps1') (Get-Step 'Jenkinsfile' "                    pwsh '''" "                    '''")

        $run = Invoke-Sample -Argument ($first + '-NoProfile', '-NonInteractive', '-File', (Join-Path $work 'step.ps1')) -Environment @{ RUN = 'First'; JOURNALS = $work }

        $run.ExitCode | Should -Be 0 -Because $run.Text
        ([xml] (Get-Content (Join-Path $work 'retire.xml') -Raw)).testsuites.tests | Should -Be '5'
    }

    It 'the command of <File> does the list' -Skip:(-not $isUnix) -ForEach @(
        @{ File = 'oos-template.yml'; Pattern = '(?m)^ +(pwsh .*)$' }
        @{ File = 'iotcard-retire.service'; Pattern = '(?m)^ExecStart=/usr/bin/(.*)$' }
        @{ File = 'retire.cron'; Pattern = '(?m)^0 2 \* \* \* iotcard (.*)$' }
    ) {
        $text = Get-Content (Join-Path $samples $File) -Raw
        Set-Content (Join-Path $work 'credential.sh') 'export ALIBABA_CLOUD_ACCESS_KEY_ID=sandbox-id ALIBABA_CLOUD_ACCESS_KEY_SECRET=sandbox-secret'
        $command = [regex]::Match($text, $Pattern).Groups[1].Value.Replace('/opt/iotcard', $samples).Replace('/var/lib/iotcard', $work).Replace('/etc/iotcard', $work).Replace('{{ run }}', 'First')
        $command | Should -BeLike '*retire.ps1*'

        $run = Invoke-Sample -Program '/bin/sh' -Argument '-c', $command -Environment @{ PATH = "$($bin.FullName):$env:PATH" }

        $run.ExitCode | Should -Be 0 -Because $run.Text
        Get-Executed | Should -Be (@(1) * 5)
        Join-Path $work 'retire.html' | Should -Exist
    }

    It 'the entry point of the Dockerfile runs without a home, as a user without a name, on a read-only root' -Skip:(-not $canUnshare) {
        $text = Get-Content (Join-Path $samples 'Dockerfile') -Raw
        $entry = [regex]::Match($text, '(?m)^ENTRYPOINT (.*)$').Groups[1].Value.Replace('/opt/iotcard', $samples) | ConvertFrom-Json
        $environment = @{ PATH = "$($bin.FullName):$env:PATH" }
        [regex]::Match($text, '(?m)^ENV (.*)$').Groups[1].Value -split ' ' | ForEach-Object {
            $name, $value = $_ -split '=', 2
            $environment[$name] = $value.Replace('/journals', $work).Replace('/tmp', $work)
        }

        # Everything is read-only but the folder of the journals.
        $run = Invoke-Sample -Program 'unshare' -Environment $environment -Argument (@(
                '--user', '--map-root-user', '--mount', 'sh', '-c'
                "mount --bind '$work' '$work' && mount -o remount,bind,ro / && cd '$work' && exec unshare --user --map-user=12345 --map-group=12345 -- `"`$@`""
                'sh') + $entry)

        $run.Text | Should -Match 'Rows: 5\. Done before: 0, refused: 0, results: 5\.'
        $run.ExitCode | Should -Be 0
        Get-Executed | Should -Be (@(1) * 5)
        Join-Path $work 'retire.jsonl' | Should -Exist
    }
}
