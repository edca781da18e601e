# Reads the commands of the pages: each block of code, in the order of its page.

$script:pagesRoot = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path

# Blocks in these languages are commands that a reader types. Those in the others are not.
$script:commandLanguages = 'powershell', 'shell', 'sh', 'js', 'csharp'
$script:otherLanguages = 'text', 'output', 'json', 'yaml', 'ini', 'mermaid'

function Get-PageBlock {
    param([string] $Page)

    $text = (Get-Content (Join-Path $pagesRoot $Page) -Raw -Encoding utf8) -replace '\r', ''
    if ($Page -match '-US/\w+-|-CN/\w+-') {
        # What comes before and after the examples of a command's page is its syntax and its parameters.
        $text = $text -split '(?m)^(?=## )' | Where-Object { $_ -like '## EXAMPLES*' }
    }

    foreach ($match in [regex]::Matches($text, '(?ms)^( *)```(\w*)\n(.*?)\n *```$(?:\n+```output\n(.*?)\n```$)?')) {
        $indent, $language, $code, $shown = $match.Groups[1..4].Value
        $code = $code -replace "(?m)^$indent", ''
        @{ Page = $Page; Language = $language; Code = $code; Shown = $shown; First = ($code -split '\n')[0] }
    }
}

function Get-PageFile {
    # Every page in English.
    Get-ChildItem "$pagesRoot/*.md", "$pagesRoot/docs/*.md", "$pagesRoot/docs/en-US/*.md" |
        ForEach-Object { $_.FullName.Substring($pagesRoot.Length + 1).Replace('\', '/') } |
        Where-Object { $_ -notlike '*.zh-CN.md' }
}

function Get-PageSession {
    # The pages in English, by the session that their commands share: each has one of its own, except for those on the list.
    $listed = Import-PowerShellDataFile (Join-Path $PSScriptRoot 'Pages.psd1')
    $shared = @($listed.Shared | ForEach-Object { , @($_.Pages | ForEach-Object { "docs/en-US/$_.md" }) })
    $alone = @(Get-PageFile | Where-Object { $_ -notin @($shared | ForEach-Object { $_ }) })
    $sessions = @($alone | ForEach-Object { @{ Name = $_; Pages = @($_); Assumed = $listed.Assumed[$_] } })
    for ($i = 0; $i -lt $shared.Count; $i++) {
        $sessions += @{ Name = "the help, part $($i + 1)"; Pages = $shared[$i]; Assumed = $listed.Shared[$i] }
    }

    foreach ($session in $sessions) {
        $blocks = @($session.Pages | ForEach-Object { Get-PageBlock $_ })
        $session.Blocks = $blocks
        $session.Commands = @($blocks | Where-Object { $_.Language -in $commandLanguages -and -not (Find-PageEntry $listed.NotRun $_) })
        $session
    }
}

function Find-PageEntry {
    # The entry of the list of blocks that are not run that means this block.
    param([hashtable[]] $List, [hashtable] $Block)

    $List | Where-Object { $_.Page -eq $Block.Page -and $_.First -eq $Block.First }
}

function Get-PagePair {
    # Each page that exists in both languages.
    foreach ($page in Get-PageFile) {
        $chinese = if ($page -like 'docs/en-US/*') { $page.Replace('en-US', 'zh-CN') } else { $page.Replace('.md', '.zh-CN.md') }
        if (Test-Path (Join-Path $pagesRoot $chinese)) {
            @{ Page = $page; Chinese = $chinese }
        }
    }
}

function Get-PlainCode {
    # A page's commands without what differs between languages: comments, and what is between quotation marks.
    param([string] $Page)

    Get-PageBlock $Page | Where-Object { $_.Language -in $commandLanguages } |
        ForEach-Object { $_.Code -replace '(?m) *# .*$' -replace "'[^'\n]*'", "''" -replace '"[^"\n]*"', '""' }
}
