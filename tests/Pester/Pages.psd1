@{
    # Blocks that Pages.Tests.ps1 does not run, by page and first line, and what runs them instead.
    NotRun  = @(
        @{ Page = 'README.md'; First = 'dotnet run --project src/IotCard.Demo'; Why = 'DemoTests runs it.' }
        @{ Page = 'README.md'; First = 'dotnet test'; Why = 'It runs this test.' }
        @{ Page = 'README.md'; First = './build.ps1 -Task Install'; Why = 'Build.Tests.ps1 runs it, with a module path of its own.' }
        @{ Page = 'CONTRIBUTING.md'; First = 'dotnet test --project tests/IotCard.Client.Tests --filter-class "*RowCheckTests"'; Why = 'It runs tests, a part of those that run here.' }
        @{ Page = 'CONTRIBUTING.md'; First = 'dotnet test'; Why = 'It runs this test.' }
        @{ Page = 'CONTRIBUTING.md'; First = 'dotnet test --no-build --filter-not-trait "Category=*"'; Why = 'They run tests, a part of those that run here.' }
        @{ Page = 'CONTRIBUTING.md'; First = 'dotnet test --no-build --project tests/IotCard.Tests --filter-class "*TextsTests"'; Why = 'They run tests, a part of those that run here.' }
        @{ Page = 'CONTRIBUTING.md'; First = 'tests/Windows/run.sh'; Why = 'It needs Wine; .ci/run runs it.' }
        @{ Page = 'CONTRIBUTING.md'; First = 'dotnet test --project tests/IotCard.Client.Tests --filter-not-trait "Category=*" --coverage --coverage-output-format cobertura'; Why = 'It runs tests, a part of those that run here.' }
        @{ Page = 'CONTRIBUTING.md'; First = 'dotnet tool restore'; Why = 'A mutation run takes an hour.' }
        @{ Page = 'SECURITY.md'; First = '$certificate = Get-ChildItem Cert:\CurrentUser\My -CodeSigningCert | Select-Object -First 1'; Why = 'It needs a certificate, and Windows.' }
        @{ Page = 'SECURITY.md'; First = 'IOTCARD_FUZZ_INPUTS=100000 dotnet test --project tests/IotCard.Client.Tests -- --filter-trait Category=Fuzz'; Why = 'FuzzTests, with more inputs than here.' }
        @{ Page = 'docs/benchmarks.md'; First = 'dotnet run -c Release --project tests/IotCard.Benchmarks -- fleet'; Why = 'Benchmarks take minutes, and a machine to themselves.' }
        @{ Page = 'docs/runbooks.md'; First = 'pwsh -NoProfile -NonInteractive -File retire.ps1 -List retired.csv -JournalPath retire.jsonl -ReportPath retire.html'; Why = 'Runbooks.Tests.ps1 runs it, as schedulers do.' }
        @{ Page = 'docs/runbooks.md'; First = 'Import-Csv retired.csv | Select-Object -First 3 | Remove-IotCardBinding -JournalPath retire.jsonl'; Why = 'Runbooks.Tests.ps1 runs the brakes.' }
        @{ Page = 'docs/runbooks.md'; First = '$summary = Import-Csv retired.csv | Test-IotCardBinding -Operation Unbind -Summary'; Why = 'Runbooks.Tests.ps1 runs the brakes.' }
        @{ Page = 'docs/runbooks.md'; First = 'Import-Csv retired.csv | Remove-IotCardBinding -ApprovedHash $hash -JournalPath retire.jsonl'; Why = 'Runbooks.Tests.ps1 runs the brakes.' }
        @{ Page = 'docs/sandbox.md'; First = "const { RPCClient } = require('@alicloud/pop-core');"; Why = 'OfficialClientTests makes the same call.' }
        @{ Page = 'docs/sandbox.md'; First = "const { default: Client, DoIotChgBindOrUnBindRequest } = require('@alicloud/dyiotapi20171111');"; Why = 'OfficialClientTests makes the same call.' }
        @{ Page = 'docs/sandbox.md'; First = 'await using var service = await SandboxService.StartAsync(new SandboxOptions { Fleet = Fleet.Generate(1000) }, CancellationToken.None);'; Why = 'The tests in C# start it so.' }
        @{ Page = 'docs/sandbox.md'; First = 'var lost = FaultPlan.Script(FaultKind.CloseAfter, FaultKind.None, new Fault(FaultKind.InternalError, FaultMoment.AfterService));'; Why = 'The tests in C# do it so.' }
        @{ Page = 'docs/sandbox.md'; First = 'await service.SetOutageAsync(new Outage { Kind = OutageKind.Refuse, AfterExecuted = 1000 });'; Why = 'The tests in C# do it so.' }
        @{ Page = 'docs/verify-live.md'; First = 'aliyun actiontrail LookupEvents --LookupAttribute.1.Key EventName --LookupAttribute.1.Value DoIotChgBindOrUnBind --region cn-hangzhou'; Why = 'It needs an account.' }
        @{ Page = 'docs/windows.md'; First = 'Get-ExecutionPolicy -List'; Why = 'The story of tests/Windows sets policies; elsewhere there are none.' }
        @{ Page = 'docs/en-US/about_IotCard.md'; First = '$ErrorActionPreference = ''Stop'''; Why = 'Help.Tests.ps1 runs this runbook for its exit codes.' }
    )

    # What the reader of a page has before its first command: cards whose requests or responses were lost, and commands that were run.
    Assumed = @{
        'docs/journal.md'         = @{ Code = 'Import-Csv retired.csv | Remove-IotCardBinding -JournalPath retire.jsonl' }
        'docs/outcomes.md'        = @{ Lost = @{ '89860019061182633349' = 'CloseAfter'; '8986111873404053465d' = 'CloseAfter' } }
        'docs/results.md'         = @{ Lost = @{ '89860018521874998319' = 'CloseAfter' } }
        'docs/troubleshooting.md' = @{ Code = 'Set-IotCardBinding -Iccid 89860721788800332720 -Imei 868019046315868 -NewImei 356938035643809' }
        'docs/en-US/about_IotCard_Settling.md' = @{
            Lost = @{ '89860019061182633349' = 'CloseAfter' }
            Code = 'Import-Csv retired.csv | Remove-IotCardBinding -JournalPath retired.jsonl'
        }
        'docs/windows.md'         = @{ Code = '$r = Import-Csv swaps.csv | Set-IotCardBinding' }
    }

    # Pages of the help whose commands share a session: an example reads what an earlier one has written.
    Shared  = @(
        @{
            Pages = 'Set-IotCardBinding', 'Remove-IotCardBinding', 'Get-IotCardJournal', 'Get-IotCardCredential', 'Get-IotCard', 'Test-IotCardBinding',
                'Test-IotCardConnection', 'Test-IotCardDevice', 'Register-IotCardDevice', 'Export-IotCardReport', 'about_IotCard'
        }
        @{
            Pages = 'Get-IotCardAuditEvent', 'about_IotCard_Outcomes', 'Resolve-IotCardJournal'
            Lost  = @{ '89860019061182633349' = 'CloseAfter'; '8986111873404053465d' = 'InternalError@BeforeService'; '89860018521874998319' = 'CloseAfter' }
            Code  = @'
Import-Csv retired.csv | Remove-IotCardBinding -JournalPath retired.jsonl
$result = Import-Csv swaps.csv | Set-IotCardBinding -JournalPath swaps.jsonl
'@
        }
    )
}
