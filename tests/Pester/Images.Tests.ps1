param([string] $ModulePath, [string] $Sandbox)

BeforeDiscovery {
    # A package of Windows or macOS has no images, and neither has the build for Windows PowerShell.
    $dependencies = Join-Path (Split-Path $ModulePath) 'bin/Core/dependencies'
    $hasImages = $PSEdition -eq 'Core' -and (Test-Path (Join-Path $dependencies "*/net$([Environment]::Version.Major).0"))
}

Describe 'The precompiled client' -Skip:(-not $hasImages) {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Sandbox.ps1')
        . (Join-Path $PSScriptRoot 'Shell.ps1')
        $list = Join-Path $TestDrive 'cards.csv'
        $cards = [System.Collections.Queue] @(New-FleetCsv $list 20)
        $service = Start-Sandbox $Sandbox -Options '--fleet', $list

        # Otherwise PowerShell compiles in the background what it compiled the last time, and the count is off.
        $before = $env:DOTNET_MultiCoreJitMinNumCpus
        $env:DOTNET_MultiCoreJitMinNumCpus = 'FF'

        $system = if ($IsWindows) { 'win' } elseif ($IsMacOS) { 'osx' } else { 'linux' }
        $processor = "$([System.Runtime.InteropServices.RuntimeInformation]::ProcessArchitecture)".ToLowerInvariant()
        $own = "$system-$processor/net$([Environment]::Version.Major).0"
        $others = @{ System = 'win', 'linux' | Where-Object { $_ -ne $system } | Select-Object -First 1; Processor = 'x64', 'arm64' | Where-Object { $_ -ne $processor } | Select-Object -First 1 }

        Copy-Item (Split-Path $ModulePath) (Join-Path $TestDrive 'IotCard') -Recurse
        $copy = Join-Path $TestDrive 'IotCard/IotCard.psd1'
        $from = Join-Path (Split-Path $ModulePath) 'bin/Core/dependencies'
        $to = Join-Path $TestDrive 'IotCard/bin/Core/dependencies'
        $image = Join-Path $to "$own/IotCard.Client.dll"
        $portable = Join-Path $to 'IotCard.Client.dll'

        function Set-Length([double] $Share) {
            $file = [System.IO.File]::OpenWrite($image)
            $file.SetLength([long] ($file.Length * $Share))
            $file.Dispose()
        }

        # Unbinds a card in a shell of its own: how that ended, which client did it, and how much of that had to be compiled.
        function Invoke-Card {
            $card = $cards.Dequeue()
            $run = Invoke-FreshShell -ModulePath $copy -Endpoint $service.Endpoint -Script @"
Import-Module `$ModulePath
`$outcome = ([pscustomobject] @{ Iccid = '$($card.Iccid)'; Imei = '$($card.Imei)' } | Remove-IotCardBinding -Confirm:`$false).Outcome
`$client = [System.AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { `$_.GetName().Name -eq 'IotCard.Client' }
`$methods = @(`$client.GetTypes() | Where-Object ContainsGenericParameters -EQ `$false | ForEach-Object { `$_.GetMethods('DeclaredOnly, Public, NonPublic, Static, Instance') } |
        Where-Object { -not `$_.IsAbstract -and -not `$_.ContainsGenericParameters -and `$_.GetMethodBody() })
`$before = [System.Runtime.JitInfo]::GetCompiledMethodCount(`$true)
foreach (`$method in `$methods) { [System.Runtime.CompilerServices.RuntimeHelpers]::PrepareMethod(`$method.MethodHandle) }
`$compiled = [System.Runtime.JitInfo]::GetCompiledMethodCount(`$true) - `$before
"`$outcome|`$(@(`$client).Count)|`$(`$client.Location)|`$(`$compiled / `$methods.Count)"
"@
            $outcome, $clients, $location, $share = $run.Lines[-1] -split '\|'
            [pscustomobject]@{ Outcome = $outcome; Clients = $clients; Location = $location; CompiledShare = [double] $share; Text = $run.Text }
        }
    }

    BeforeEach {
        $null = New-Item (Split-Path $image) -ItemType Directory -Force
        Copy-Item (Join-Path $from "$own/IotCard.Client.dll") $image -Force
        Copy-Item (Join-Path $from 'IotCard.Client.dll') $portable -Force
    }

    AfterAll {
        $env:DOTNET_MultiCoreJitMinNumCpus = $before
        Stop-Sandbox $service
    }

    It 'does the work of this shell, and is hardly compiled again' {
        $run = Invoke-Card

        $run.Outcome | Should -Be 'Succeeded' -Because $run.Text
        $run.Location | Should -Be (Convert-Path $image)
        $run.CompiledShare | Should -BeLessThan 0.3
    }

    It 'is passed over for the portable one if the image is <Kind>' -ForEach @(
        @{ Kind = 'not there'; Damage = { Remove-Item $image } }
        @{ Kind = 'not there, nor its folder'; Damage = { Remove-Item (Split-Path (Split-Path $image)) -Recurse } }
        @{ Kind = 'of another system'; Damage = { Copy-Item (Join-Path $from "$($others.System)-$processor/net10.0/IotCard.Client.dll") $image -Force } }
        @{ Kind = 'of another processor'; Damage = { Copy-Item (Join-Path $from "$system-$($others.Processor)/net10.0/IotCard.Client.dll") $image -Force } }
        @{ Kind = 'of another version'; Damage = {
                $reader = [System.Reflection.PortableExecutable.PEReader]::new([System.IO.File]::OpenRead($portable))
                $metadata = [System.Reflection.Metadata.PEReaderExtensions]::GetMetadataReader($reader)
                $version = $metadata.GetGuid($metadata.GetModuleDefinition().Mvid).ToByteArray()
                $reader.Dispose()
                $bytes = [System.IO.File]::ReadAllBytes($image)
                $place = [System.Text.Encoding]::Latin1.GetString($bytes).IndexOf([System.Text.Encoding]::Latin1.GetString($version), [System.StringComparison]::Ordinal)
                $place | Should -BeGreaterThan 0
                $bytes[$place] = $bytes[$place] -bxor 1
                [System.IO.File]::WriteAllBytes($image, $bytes)
            }
        }
        @{ Kind = 'cut off in the middle'; Damage = { Set-Length 0.5 } }
        @{ Kind = 'cut off near its end'; Damage = { Set-Length 0.99 } }
        @{ Kind = 'without its header'; Damage = {
                $bytes = [System.IO.File]::ReadAllBytes($image)
                [array]::Clear($bytes, 0, 512)
                [System.IO.File]::WriteAllBytes($image, $bytes)
            }
        }
        @{ Kind = 'empty'; Damage = { [System.IO.File]::WriteAllBytes($image, @()) } }
        @{ Kind = 'a text'; Damage = { Set-Content $image 'This is no assembly.' } }
    ) {
        & $Damage

        $run = Invoke-Card

        $run.Outcome | Should -Be 'Succeeded' -Because $run.Text
        $run.Clients | Should -Be 1
        $run.Location | Should -Be (Convert-Path $portable)
        $run.CompiledShare | Should -BeGreaterThan 0.7
    }

    It 'works without its code if the image is of another runtime' {
        $other = Join-Path $from "$system-$processor/net8.0/IotCard.Client.dll"
        if ([Environment]::Version.Major -eq 8 -or -not (Test-Path $other)) {
            Set-ItResult -Skipped -Because 'there is no image of another runtime for this system'
        }

        Copy-Item $other $image -Force

        $run = Invoke-Card

        $run.Outcome | Should -Be 'Succeeded' -Because $run.Text
        $run.CompiledShare | Should -BeGreaterThan 0.7
    }
}
