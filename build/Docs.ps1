<#
.SYNOPSIS
Creates the shipped help from its markdown: docs/<culture>/*.md into IotCard.dll-Help.xml and about_*.help.txt next to it.
.DESCRIPTION
Requires Microsoft.PowerShell.PlatyPS 1.x. The output is kept in the repository, so that a build without PlatyPS ships
help as well. Run it after every change to the markdown; tests fail if it was forgotten.
.EXAMPLE
./build/Docs.ps1
#>
[CmdletBinding()]
param(
    # The folder with a folder of markdown for each culture.
    [string] $Path = (Join-Path $PSScriptRoot '../docs'),

    [string[]] $Culture = @('en-US', 'zh-CN')
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$maml = 'http://schemas.microsoft.com/maml/2004/10'
$dev = 'http://schemas.microsoft.com/maml/dev/2004/10'
$command = 'http://schemas.microsoft.com/maml/dev/command/2004/10'
# The first line of an about topic; this file is kept in ASCII.
$topicWord = @{ 'en-US' = 'TOPIC'; 'zh-CN' = -join [char[]] (0x4E3B, 0x9898) }
# The last paragraph of a command's description, and the separator of the names in it.
$seeAlso = @{
    'en-US' = @{ Text = 'See also: {0}.'; Separator = ', ' }
    'zh-CN' = @{ Text = -join [char[]] (0x53E6, 0x8BF7, 0x53C2, 0x9605, 0xFF1A) + '{0}' + [char] 0x3002; Separator = [string] [char] 0x3001 }
}

# Help is read in a terminal: no backticks, no asterisks, and only the text of a link.
function ConvertTo-PlainText([string] $Text) {
    $Text -replace '\[([^\]]+)\]\([^)]*\)', '$1' -replace '`([^`]*)`', '$1' -replace '\*\*([^*]+)\*\*', '$1'
}

function Write-TextFile([string] $File, [string] $Text) {
    [System.IO.File]::WriteAllText($File, $Text.Replace("`r`n", "`n"), [System.Text.UTF8Encoding]::new($false))
    Write-Host "Wrote $File"
}

function Add-Paragraph([System.Xml.XmlElement] $Parent, [string] $Text) {
    $paragraph = $Parent.OwnerDocument.CreateElement('maml', 'para', $maml)
    $paragraph.InnerText = $Text
    $null = $Parent.AppendChild($paragraph)
}

# PlatyPS leaves a whole text in one paragraph, with its markdown.
function Split-Paragraph([System.Xml.XmlElement] $Paragraph) {
    $parent = $Paragraph.ParentNode
    $blocks = $Paragraph.InnerText -split '\r?\n\s*\n' | Where-Object { $_.Trim() }
    $null = $parent.RemoveChild($Paragraph)
    foreach ($block in $blocks) {
        Add-Paragraph $parent (ConvertTo-PlainText ($block.Trim() -replace '\s*\r?\n\s*', ' '))
    }
}

# PlatyPS leaves an example's code in its text, between fences; PowerShell shows it separately.
function Split-Example([System.Xml.XmlElement] $Example) {
    $title = $Example['title', $maml]
    $title.InnerText = '---- {0} ----' -f (ConvertTo-PlainText $title.InnerText.Trim('-', ' '))
    $introduction = $Example['introduction', $maml]
    $code = $Example['code', $dev]
    $remarks = $Example['remarks', $dev]
    # A fenced block with an empty line in it arrives in pieces.
    $blocks = @()
    foreach ($piece in $introduction.ChildNodes | ForEach-Object InnerText | Where-Object { $_.Trim([char] 0x80, ' ', "`r", "`n") }) {
        if ($blocks -and $blocks[-1] -match '^```' -and $blocks[-1] -notmatch '\n```$') { $blocks[-1] += "`n`n$piece" } else { $blocks += $piece }
    }

    $introduction.RemoveAll()
    $remarks.RemoveAll()
    foreach ($block in $blocks) {
        if ($block -match '(?s)^```(?<language>\w*)\r?\n(?<text>.*?)\r?\n```$') {
            if ($Matches.language -eq 'powershell' -and -not $code.InnerText) {
                $code.InnerText = $Matches.text
            }
            else {
                $Matches.text -split '\r?\n\s*\n' | ForEach-Object { Add-Paragraph $remarks $_.Trim() }
            }
        }
        else {
            $place = if ($code.InnerText) { $remarks } else { $introduction }
            Add-Paragraph $place (ConvertTo-PlainText $block.Trim())
        }
    }

    # A blank line between the code and its output, and between that and the next example.
    Add-Paragraph $remarks ''
}

# Adds what PlatyPS omits from a parameter or gets wrong: the default, short type names, and pipeline input in the syntax.
function Repair-Parameter([System.Xml.XmlElement] $Parameter, [System.Xml.XmlElement[]] $InSyntax, [string] $Default) {
    $value = $Parameter['parameterValue', $command]
    if ($value) {
        $value.InnerText = $InSyntax[0]['parameterValue', $command].InnerText
        $value.SetAttribute('variableLength', $InSyntax[0]['parameterValue', $command].GetAttribute('variableLength'))
    }

    $defaultValue = $Parameter.OwnerDocument.CreateElement('dev', 'defaultValue', $dev)
    $defaultValue.InnerText = $Default
    $null = $Parameter.AppendChild($defaultValue)
    foreach ($place in $InSyntax) {
        $place.SetAttribute('pipelineInput', $Parameter.GetAttribute('pipelineInput'))
    }
}

# PowerShell offers "Get-Help -Online" if there is a related link, and fails if none has an address. So the names are plain
# text, and the address of the web page is added, if it is known, when the module is packed.
function Move-RelatedLink([System.Xml.XmlElement] $Section, [System.Xml.XmlNamespaceManager] $Names, [hashtable] $Words) {
    $linked = @($Section.SelectNodes('command:relatedLinks/maml:navigationLink/maml:linkText', $Names) | ForEach-Object InnerText | Where-Object { $_ -ne 'Online Version' })
    Add-Paragraph $Section['description', $maml] ($Words.Text -f ($linked -join $Words.Separator))
    $Section['relatedLinks', $command].RemoveAll()
}

function Repair-Maml([xml] $Help, [object[]] $Page, [hashtable] $SeeAlso) {
    $names = [System.Xml.XmlNamespaceManager]::new($Help.NameTable)
    $names.AddNamespace('maml', $maml)
    $names.AddNamespace('dev', $dev)
    $names.AddNamespace('command', $command)
    foreach ($example in @($Help.SelectNodes('//command:example', $names))) {
        Split-Example $example
    }

    foreach ($paragraph in @($Help.SelectNodes('//maml:para[not(ancestor::command:example)]', $names))) {
        Split-Paragraph $paragraph
    }

    foreach ($described in $Page) {
        $section = $Help.SelectSingleNode("//command:command[command:details/command:name='$($described.Title)']", $names)
        Move-RelatedLink $section $names $SeeAlso
        foreach ($parameter in @($section.SelectNodes('command:parameters/command:parameter', $names))) {
            $name = $parameter['name', $maml].InnerText
            $inSyntax = @($section.SelectNodes("command:syntax//command:parameter[maml:name='$name']", $names))
            Repair-Parameter $parameter $inSyntax ($described.Parameters | Where-Object Name -EQ $name).DefaultValue
        }
    }
}

function Export-Maml([string] $Folder, [hashtable] $SeeAlso) {
    $pages = @(Get-ChildItem $Folder -Filter '*-*.md' | Sort-Object Name)
    $work = Join-Path ([System.IO.Path]::GetTempPath()) ([System.IO.Path]::GetRandomFileName())
    try {
        $page = @(Import-MarkdownCommandHelp $pages.FullName)
        $file = $page | Export-MamlCommandHelp -OutputFolder $work
        [xml] $help = Get-Content $file.FullName -Raw -Encoding utf8
        Repair-Maml $help $page $SeeAlso
        $text = [System.Text.StringBuilder]::new()
        $settings = [System.Xml.XmlWriterSettings]@{ Indent = $true; NewLineChars = "`n"; NewLineHandling = 'None'; OmitXmlDeclaration = $true }
        $writer = [System.Xml.XmlWriter]::Create($text, $settings)
        $help.DocumentElement.WriteTo($writer)
        $writer.Dispose()
        Write-TextFile (Join-Path $Folder 'IotCard.dll-Help.xml') "<?xml version=`"1.0`" encoding=`"utf-8`"?>`n$text`n"
    }
    finally {
        Remove-Item $work -Recurse -Force -ErrorAction Ignore
    }
}

# The width of a character in a terminal.
function Measure-Column([char] $Character) {
    if ($Character -ge [char] 0x2E80 -and $Character -le [char] 0xFFEF -or $Character -in [char] 0x201C, [char] 0x201D) { 2 } else { 1 }
}

# Wraps at blanks and between Chinese characters, but never before a closing mark.
function Format-Paragraph([string] $Text, [string] $Indent, [string] $Hanging = $Indent, [int] $Width = 78) {
    $closing = '\u3001\u3002\uff0c\uff1a\uff1b\uff1f\uff09\u201d'
    $words = [regex]::Matches($Text, "(?:[\u201c\uff08]*(?:[\u2e80-\u3000\u3003-\uff07\uff0a\uff0b\uff0d-\uff19\uff1c-\uff1e\uff20-\uffef]|[^\s\u2e80-\uffef\u201c\u201d]+)[$closing]*|\s+|.)")
    $line = $Indent
    $columns = $Indent.Length
    $blank = ''
    foreach ($word in $words.Value) {
        if ($word -match '^\s+$') {
            $blank = ' '
            continue
        }

        $length = 0
        $word.ToCharArray() | ForEach-Object { $length += Measure-Column $_ }
        if ($columns + $blank.Length + $length -gt $Width -and $line.Trim()) {
            $line
            $line = $Hanging
            $columns = $Hanging.Length
            $blank = ''
        }

        if (-not $line.Trim()) { $blank = '' }
        $line += $blank + $word
        $columns += $blank.Length + $length
        $blank = ''
    }

    $line
}

# Turns an about page into the text that Get-Help shows: headings at the margin, everything else indented, code further.
function ConvertTo-HelpText([string] $File, [string] $TopicWord) {
    $inCode = $false
    foreach ($line in Get-Content $File -Encoding utf8) {
        if ($line.StartsWith('```')) { $inCode = -not $inCode }
        elseif ($inCode) { if ($line) { "        $line" } else { '' } }
        elseif ($line -match '^# (?<name>.+)$') { $TopicWord; "    $($Matches.name)" }
        elseif ($line -match '^## (?<heading>.+)$') { $Matches.heading }
        elseif ($line -match '^### (?<heading>.+)$') { "  $($Matches.heading)" }
        elseif ($line -match '^(?<mark>- |\d+\. )(?<item>.+)$') {
            $mark = '    ' + $Matches.mark
            Format-Paragraph ($Matches.mark.Trim() + ' ' + (ConvertTo-PlainText $Matches.item)) '    ' (' ' * $mark.Length)
        }
        elseif ($line.Trim()) { Format-Paragraph (ConvertTo-PlainText $line) '    ' }
        else { '' }
    }
}

$platyPS = Get-Module Microsoft.PowerShell.PlatyPS -ListAvailable | Where-Object { $_.Version.Major -eq 1 } | Select-Object -First 1
if (-not $platyPS) {
    throw 'Microsoft.PowerShell.PlatyPS 1.x is not installed, so the help cannot be made anew: Install-PSResource Microsoft.PowerShell.PlatyPS (or Install-Module Microsoft.PowerShell.PlatyPS). The help that the repository keeps is shipped as it is.'
}

Import-Module $platyPS
foreach ($name in $Culture) {
    $folder = (Resolve-Path (Join-Path $Path $name)).Path
    Export-Maml $folder $seeAlso[$name]
    foreach ($page in Get-ChildItem $folder -Filter 'about_*.md') {
        $text = (ConvertTo-HelpText $page.FullName $topicWord[$name] | ForEach-Object { $_.TrimEnd() }) -join "`n"
        # The line after the name of a section is part of it in a terminal.
        $text = [regex]::Replace($text, '(?m)^(\S.*)\n\n(?=    )', "`$1`n")
        Write-TextFile (Join-Path $folder ($page.BaseName + '.help.txt')) ($text.TrimEnd() + "`n")
    }
}
