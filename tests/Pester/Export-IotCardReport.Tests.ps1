param([string] $ModulePath, [string] $Sandbox)

Describe 'Export-IotCardReport' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Sandbox.ps1')
        . (Join-Path $PSScriptRoot 'Journal.ps1')
        Import-Module $ModulePath -Force
        $service = Start-DefaultSandbox $Sandbox
        $quiet = @{ ErrorAction = 'SilentlyContinue'; WarningAction = 'SilentlyContinue' }
        $journal = Join-Path $TestDrive 'swaps.jsonl'
        $rows = @(
            [pscustomobject]@{ Iccid = '89860018521874998319'; Imei = '860456038157932'; NewImei = '353918052345671' }
            [pscustomobject]@{ Iccid = '89860000000000000001'; Imei = '863588029035177'; NewImei = '490154203237518' }
            [pscustomobject]@{ Iccid = '8.98607E+19'; Imei = '868019046315868'; NewImei = '356938035643809' }
        )
        $results = $rows | Set-IotCardBinding -JournalPath $journal @quiet

        function Read-Report {
            # A report as text.
            param([string] $Name = 'report.html', [hashtable] $Parameter = @{})

            $file = Join-Path $TestDrive $Name
            $input | Export-IotCardReport -OutFile $file @Parameter
            [System.IO.File]::ReadAllText($file)
        }

        function New-Result {
            # A result as it comes back from a file.
            param([string] $Outcome = 'Failed', [string] $Message = 'said', [string] $Code = 'Odd', [string] $Iccid = '89860000000000000001')

            [pscustomobject]@{ Row = '1'; Iccid = $Iccid; Operation = 'Rebind'; Imei = '860456038157932'; NewImei = '353918052345671'; Outcome = $Outcome; Code = $Code; Message = $Message; Attempts = '1'; Elapsed = '0.1'; CompletedAt = '2026-11-24T08:00:00.0000000Z' }
        }
    }

    AfterAll {
        Stop-DefaultSandbox $service
        Remove-Module IotCard
    }

    It 'says of a journal what was done where, what failed and what to do about it, and which file says so' {
        Export-IotCardReport $journal -OutFile (Join-Path $TestDrive 'journal.html')
        $html = [System.IO.File]::ReadAllText((Join-Path $TestDrive 'journal.html'))

        $html | Should -BeLike '<!DOCTYPE html>*'
        $html | Should -BeLike '*Rows: 2. Succeeded: 1, failed: 1, unknown: 0.*'
        $html | Should -BeLike "*$($service.Endpoint.GetLeftPart('Authority'))*"
        $html | Should -BeLike "*$((Get-FileHash $journal).Hash)*"
        $html | Should -BeLike '*<dt>AccessKey ID</dt><dd>sand**x-id</dd>*'
        $html | Should -BeLike "*<dt>Machine</dt><dd>$([Environment]::MachineName)</dd>*"
        $html | Should -Not -BeLike '*sandbox-id*'
        $html | Should -BeLike '*<code>isv.IOT_RES_NOT_EXIST</code>*'
        $html | Should -BeLike '*Check the ICCID against the card or the console*'
        $html | Should -BeLike '*<code>89860018521874998319</code>*860456038157932 *353918052345671*'
    }

    Context 'the hash of the list' {
        BeforeAll {
            $script:more = $false
            $hashes = foreach ($list in $rows, @($rows[0])) { ($list | Test-IotCardBinding -Summary).Hash }
            $job = Join-Path $TestDrive 'lists.jsonl'
            $null = $rows | Set-IotCardBinding -JournalPath $job @quiet
            $null = $rows | Set-IotCardBinding -JournalPath $job @quiet

            function Get-ListHash([string] $Format) {
                # What the report says of the journal's lists.
                $page = Get-Item $job | Read-Report "lists.$Format" -Parameter @{ Format = $Format }
                $pattern = @{ Html = '<dt>Hash of the list</dt><dd>(.*?)</dd>'; Markdown = '(?m)^- Hash of the list: (.*)$'; JUnit = '<property name="Hash of the list" value="(.*?)"' }[$Format]
                [regex]::Matches($page, $pattern) | ForEach-Object { $_.Groups[1].Value }
            }
        }

        It 'is shown once for all runs of one list, in <_>' -ForEach 'Html', 'Markdown', 'JUnit' {
            Get-ListHash $_ | Should -Be $hashes[0]
        }

        It 'is shown for each list with its runs, and as not recorded where it was not, in <_>' -ForEach 'Html', 'Markdown', 'JUnit' {
            $format = $_
            if (-not $more) {
                $null = $rows[0] | Set-IotCardBinding -JournalPath $job @quiet
                # It ends before it has a list that it may work on.
                try { $rows | Set-IotCardBinding -JournalPath $job -ApprovedHash none } catch { $script:more = $true }
            }

            $said = @(Get-ListHash $format)

            $said[0] | Should -Match "^$($hashes[0]).*runs: \S+ \S+, \S+ \S+\)$"
            $said[1] | Should -Match "^$($hashes[1]).*runs: [^,]+\)$"
            $said[2] | Should -Match '^not recorded.*runs: [^,]+\)$'
            $said.Count | Should -Be 3
        }

        It 'is called 清单的哈希值 in Chinese' {
            Get-Item $job | Read-Report -Parameter @{ UICulture = 'zh-CN' } | Should -BeLike "*<dt>清单的哈希值</dt><dd>$($hashes[0])*"
        }

        It 'is not in a report of results, which do not say' {
            $results | Read-Report | Should -Not -BeLike '*Hash of the list*'
        }
    }

    It 'says of practice that it was practice, and of other runs nothing' {
        $marks = @{ Html = 'Practice: nothing reached the live service\.'; Markdown = 'Practice: nothing reached the live service\.'; JUnit = '"practice: http://127\.0\.0\.1:\d+"' }
        foreach ($format in $marks.Keys) {
            Get-Item $journal | Read-Report "practice.$format" -Parameter @{ Format = $format } | Should -Match $marks[$format]
        }

        $results | Read-Report | Should -Not -Match '(?i)practice:'
        # A journal of the live service, as far as its first line says.
        $text = [System.IO.File]::ReadAllText($journal)
        $line = Add-Checksum '{"kind":"job","format":1,"operation":"Rebind","endpoint":"https://dyiotapi.aliyuncs.com"}'
        $live = Join-Path $TestDrive 'live.jsonl'
        [System.IO.File]::WriteAllText($live, $line + $text.Substring($text.IndexOf("`n")))
        Get-Item $live | Read-Report | Should -Not -Match '(?i)practice:'
    }

    It 'needs no script and loads nothing' {
        $html = $results | Read-Report

        $html | Should -Not -Match '<script|javascript:|\son\w+='
        $html | Should -Not -Match '(src|href)='
        $html | Should -Not -Match 'url\(|@import'
        $html | Should -BeLike "*default-src 'none'*"
    }

    It 'has every row of the results, refused ones too' {
        $html = $results | Read-Report

        $html | Should -BeLike '*Rows: 3. Succeeded: 1, failed: 2, unknown: 0.*'
        $html | Should -BeLike '*8.98607E+19*'
    }

    It 'says the same of results that were exported and read back' {
        $results | Export-Csv (Join-Path $TestDrive 'results.csv')
        $results | Export-Clixml (Join-Path $TestDrive 'results.xml')
        $live = $results | Read-Report
        $withoutTime = { $args[0] -replace 'Created by .*' }

        & $withoutTime (Import-Csv (Join-Path $TestDrive 'results.csv') | Read-Report) | Should -Be (& $withoutTime $live)
        & $withoutTime (Import-Clixml (Join-Path $TestDrive 'results.xml') | Read-Report) | Should -Be (& $withoutTime $live)
    }

    It 'takes journals that Get-IotCardJournal lists, and files' {
        $null = $rows[1] | Set-IotCardBinding @quiet
        $listed = Get-IotCardJournal | Select-Object -First 1

        $listed | Read-Report | Should -BeLike "*$((Get-FileHash $listed.Path).Hash)*"
        Get-Item $journal | Read-Report | Should -BeLike "*$((Get-FileHash $journal).Hash)*"
    }

    It 'shows what was Unknown, and how it was settled' {
        # A response that does not say what became of the operation.
        $lossy = Start-Sandbox $Sandbox -Options '--fault OkWithoutResult=1'
        try {
            $doubtful = Join-Path $TestDrive 'doubtful.jsonl'
            $unknown = $rows[0] | Set-IotCardBinding -Endpoint $lossy.Endpoint -JournalPath $doubtful @quiet
        }
        finally {
            Stop-Sandbox $lossy
        }

        $unknown.Outcome | Should -Be 'Unknown'
        Export-IotCardReport $doubtful -OutFile (Join-Path $TestDrive 'before.html')
        $null = Resolve-IotCardJournal $doubtful $rows[0].Iccid -Outcome Succeeded -Comment 'seen in the console <by> Wang' -ErrorAction Stop
        Export-IotCardReport $doubtful -OutFile (Join-Path $TestDrive 'after.html')

        $before = [System.IO.File]::ReadAllText((Join-Path $TestDrive 'before.html'))
        $before | Should -BeLike '*unknown: 1.*'
        $before | Should -BeLike '*check in the console which device the card is bound to*'
        $after = [System.IO.File]::ReadAllText((Join-Path $TestDrive 'after.html'))
        $after | Should -BeLike '*succeeded: 1, failed: 0, unknown: 0.*'
        $after | Should -BeLike '*Unknown at first, then settled*seen in the console &lt;by&gt; Wang*'
        $after | Should -BeLike "*What was known before*It is not known whether the operation was performed.*"
    }

    It 'speaks Chinese' {
        $html = $results | Read-Report -Parameter @{ UICulture = 'zh-CN' }

        $html | Should -BeLike '*<html lang="zh-CN">*'
        $html | Should -BeLike '*共 3 行：成功 1，失败 2，结果未知 0。*'
        $html | Should -BeLike '*请对照卡面或控制台核对 ICCID*'
    }

    It 'names the operation of a journal without rows, and says that there are none where nothing names one' {
        $empty = Join-Path $TestDrive 'empty.jsonl'
        try { $rows | Set-IotCardBinding -JournalPath $empty -ApprovedHash none } catch { $_.FullyQualifiedErrorId | Should -BeLike 'NotTheApprovedList,*' }

        Get-Item $empty | Read-Report | Should -BeLike '*<h1>Rebind report</h1>*Rows: 0.*'
        @() | Read-Report | Should -BeLike '*<p class="eyebrow">IotCard</p><h1>No rows</h1>*'
    }

    It 'has a title of your own' {
        $results | Read-Report -Parameter @{ Title = 'Swaps, ticket <4711>' } | Should -BeLike '*<title>Swaps, ticket &lt;4711&gt;</title>*'
    }

    Context 'a cell that holds <Name>' -ForEach @(
        @{ Name = 'markup'; Cell = '<script>alert(1)</script><img src=x onerror=alert(1)>' }
        @{ Name = 'the end of an attribute'; Cell = '" onload="alert(1)' }
        @{ Name = 'the end of a comment or of CDATA'; Cell = '--> ]]> </style>' }
        @{ Name = 'entities'; Cell = '&lt;b&gt; &amp;#60; %3Cb%3E' }
        @{ Name = 'format items'; Cell = '{0} {1:x} {{}} }' }
        @{ Name = 'Markdown'; Cell = '| a | `b` **c** [d](http://e.example) ![f](g) @h #1 ~~i~~ :smile: \| www.j.example' }
        @{ Name = 'lines'; Cell = "one`r`n# two`n- three`u{2028}four".Replace('`u{2028}', [string] [char] 0x2028) }
        @{ Name = 'control characters'; Cell = "a$([char] 0)b$([char] 27)[31mc$([char] 8)$([char] 0x7f)$([char] 0x85)" }
        @{ Name = 'what XML cannot hold'; Cell = "a$([char] 0xFFFE)b$([char] 0xFFFF)c$([char] 0xD800)d$([char] 0xDC00)" }
        @{ Name = 'a change of direction'; Cell = "a$([char] 0x202E)b$([char] 0x2066)c" }
        @{ Name = 'a character of two parts'; Cell = [char]::ConvertFromUtf32(0x2070E) }
    ) {
        BeforeAll {
            $cells = @(New-Result -Message $Cell) + @(New-Result -Code $Cell -Outcome Unknown) + @(New-Result -Iccid $Cell -Outcome Succeeded)
        }

        It 'stays text in HTML' {
            $html = $cells | Read-Report -Parameter @{ Title = $Cell }

            ([regex]::Matches($html, '<(script|img|b|h1|style)\b').Value | Sort-Object -Unique) -join ' ' | Should -Be '<h1 <style'
            $html | Should -Not -Match '<[^>]* onload="'
            ([regex]::Matches($html, '<article').Count) | Should -Be 2
            $html | Should -Not -Match '[\x00-\x09\x0b-\x1f\x7f-\x9f\u202E\u2066\u2028]'
        }

        It 'stays text in Markdown' {
            $page = $cells | Read-Report 'report.md' -Parameter @{ Format = 'Markdown'; Title = $Cell }
            $table = @($page -split "`n" | Where-Object { $_ -like '|*' })

            # Each table keeps its number of columns.
            $table | ForEach-Object { [regex]::Matches($_, '\|').Count } | Sort-Object -Unique | Should -Be 4, 5, 7
            $page | Should -Not -Match '[`*\[\]~@\\_!]|<(?!/?(details|summary)>)|www\.|://|(?m)^(?!\|?-)[^|]*---'
            $page | Should -Not -Match '(?m)^(# two|- three)'
        }

        It 'stays text in JUnit, which remains XML' {
            $xml = [xml] ($cells | Read-Report 'report.xml' -Parameter @{ Format = 'JUnit'; Title = $Cell })

            $xml.testsuites.testsuite.tests, $xml.testsuites.testsuite.failures, $xml.testsuites.testsuite.errors | Should -Be '3', '1', '1'
            @($xml.testsuites.testsuite.testcase).Count | Should -Be 3
        }
    }

    It 'writes JUnit with a failure for what failed and an error for what is unknown' {
        $suite = ([xml] ((@(New-Result -Outcome Succeeded) + @(New-Result) + @(New-Result -Outcome Unknown -Code OutcomeUnknown)) | Read-Report 'report.xml' -Parameter @{ Format = 'JUnit' })).testsuites.testsuite

        $suite.testcase[0].ChildNodes.Count | Should -Be 0
        $suite.testcase[1].failure.type | Should -Be 'Odd'
        $suite.testcase[1].failure.message | Should -Be 'said'
        $suite.testcase[2].error.type | Should -Be 'OutcomeUnknown'
        $suite.testcase[0].classname | Should -Be 'IotCard.Rebind'
        $suite.testcase[0].time | Should -Be '0.1'
        $suite.timestamp | Should -Be '2026-11-24T07:59:59'
    }

    It 'writes Markdown that a job can append to its summary' {
        $page = $results | Read-Report 'report.md' -Parameter @{ Format = 'Markdown' }

        $page | Should -BeLike "# Rebind report`n*"
        $page | Should -Match '(?m)^\| 1 \| 2 \| 0 \|$'
        $page | Should -BeLike '*<details>*89860000000000000001*</details>*'
    }

    It 'keeps a file that exists with -NoClobber, and replaces it without' {
        $file = Join-Path $TestDrive 'existing.html'
        Set-Content $file 'mine'

        { $results | Export-IotCardReport -OutFile $file -NoClobber } | Should -Throw -ErrorId 'ReportExists,IotCard.Commands.ExportIotCardReportCommand'
        Get-Content $file | Should -Be 'mine'
        $results | Export-IotCardReport -OutFile $file
        Get-Content $file -TotalCount 1 | Should -Be '<!DOCTYPE html>'
    }

    It 'replaces a read-only file only with -Force' {
        $file = Join-Path $TestDrive 'readonly.html'
        Set-Content $file 'mine'
        Set-ItemProperty $file IsReadOnly $true
        if ([System.Environment]::OSVersion.Platform -eq 'Win32NT' -or [System.Environment]::UserName -ne 'root') {
            { $results | Export-IotCardReport -OutFile $file } | Should -Throw -ErrorId 'ReportNotWritable,*'
        }

        $results | Export-IotCardReport -OutFile $file -Force
        Get-Content $file -TotalCount 1 | Should -Be '<!DOCTYPE html>'
    }

    It 'writes nothing under -WhatIf, and returns the file with -PassThru only' {
        $file = Join-Path $TestDrive 'new.html'

        $results | Export-IotCardReport -OutFile $file -WhatIf
        $file | Should -Not -Exist
        $results | Export-IotCardReport -OutFile $file | Should -BeNullOrEmpty
        $returned = $results | Export-IotCardReport -OutFile $file -PassThru
        $returned.FullName | Should -Be (Get-Item $file).FullName
        $returned.Length | Should -BeGreaterThan 1000
        $returned | Out-String | Should -Be (Get-Item $file | Out-String)
    }

    It 'returns the file wherever the session is' {
        Push-Location Env:
        try {
            $returned = $results | Export-IotCardReport -OutFile "FileSystem::$(Join-Path $TestDrive 'elsewhere.html')" -PassThru
        }
        finally {
            Pop-Location
        }

        $returned.FullName | Should -Be (Join-Path $TestDrive 'elsewhere.html')
    }

    It 'takes a path relative to the current location' {
        Push-Location $TestDrive
        try {
            Export-IotCardReport swaps.jsonl -OutFile relative.html
        }
        finally {
            Pop-Location
        }

        Join-Path $TestDrive 'relative.html' | Should -Exist
    }

    It 'says what is wrong with <what>' -TestCases @(
        @{ what = 'a journal that is not there'; id = 'JournalNotFound'; run = { Export-IotCardReport (Join-Path $TestDrive 'none.jsonl') -OutFile (Join-Path $TestDrive 'x.html') } }
        @{ what = 'a file that is no journal'; id = 'JournalInvalid'; run = { Set-Content (Join-Path $TestDrive 'no.jsonl') 'no'; Export-IotCardReport (Join-Path $TestDrive 'no.jsonl') -OutFile (Join-Path $TestDrive 'x.html') } }
        @{ what = 'a folder that is not there'; id = 'ReportNotWritable'; run = { $results | Export-IotCardReport -OutFile (Join-Path $TestDrive 'none/x.html') } }
        @{ what = 'a path that is no file'; id = 'JournalNotInFileSystem'; run = { $results | Export-IotCardReport -OutFile 'Env:PATH' } }
        @{ what = 'an object that is no result'; id = 'NotAResult'; run = { [pscustomobject]@{ Iccid = '1' } | Export-IotCardReport -OutFile (Join-Path $TestDrive 'y.html') -ErrorAction Stop } }
    ) {
        $run | Should -Throw -ErrorId "$id,IotCard.Commands.ExportIotCardReportCommand"
        Join-Path $TestDrive 'x.html' | Should -Not -Exist
    }

    It 'folds a long list in parts, and shows the last row' {
        $many = 1..1200 | ForEach-Object { New-Result -Outcome Succeeded -Code OK -Iccid ('8986{0:d16}' -f $_) }
        $html = $many | Read-Report

        [regex]::Matches($html, '<summary>Rows [\d,]+ to [\d,]+</summary>').Value | Should -Be '<summary>Rows 1 to 500</summary>', '<summary>Rows 501 to 1,000</summary>', '<summary>Rows 1,001 to 1,200</summary>'
        $html | Should -BeLike '*89860000000000001200*'
    }
}
