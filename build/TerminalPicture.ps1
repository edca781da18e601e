# Draws what a terminal shows: text with escape sequences for colors becomes an SVG picture.

$palette = @{
    30 = '#6b7280'; 31 = '#f0776d'; 32 = '#7cc77c'; 33 = '#e3bf5b'; 34 = '#7aa8f7'; 35 = '#cf92e0'; 36 = '#66c2d4'; 37 = '#d6d9df'
    90 = '#949aa5'; 91 = '#ff8a80'; 92 = '#95dd95'; 93 = '#f2d478'; 94 = '#94bbff'; 95 = '#e0a8ef'; 96 = '#82d6e6'; 97 = '#ffffff'
}

# The colors in which PowerShell's line editor shows typed text. It is not loaded without a terminal.
function Add-TypingColor([string] $Line) {
    $tokens = $null
    $null = [System.Management.Automation.Language.Parser]::ParseInput($Line, [ref] $tokens, [ref] $null)
    $colored = ''
    $end = 0
    foreach ($token in $tokens | Where-Object Text) {
        $code = switch ($token) {
            { $_.TokenFlags -band 'CommandName' } { 93; break }
            { $_.Kind -eq 'Variable' } { 92; break }
            { $_.Kind -in 'Parameter', 'Pipe', 'Equals', 'Dot' } { 90; break }
            { $_.Kind -eq 'Comment' } { 32; break }
            { $_.Kind -eq 'Number' -or $_.TokenFlags -band 'MemberName' } { 97; break }
            { $_.Kind -in 'StringLiteral', 'StringExpandable' } { 36; break }
            default { 0 }
        }
        $start = $token.Extent.StartOffset
        $colored += $Line.Substring($end, $start - $end) + "`e[${code}m$($token.Text)`e[0m"
        $end = $token.Extent.EndOffset
    }

    $colored
}

# The SVG presentation attributes of a text after a sequence.
function Set-Style([hashtable] $Style, [int[]] $Code) {
    for ($i = 0; $i -lt $Code.Count; $i++) {
        switch ($Code[$i]) {
            0 { $Style.Clear() }
            1 { $Style['font-weight'] = 'bold' }
            2 { $Style['opacity'] = '0.7' }
            3 { $Style['font-style'] = 'italic' }
            4 { $Style['text-decoration'] = 'underline' }
            7 { $Style['reverse'] = $true }
            27 { $Style.Remove('reverse') }
            22 { $Style.Remove('font-weight'); $Style.Remove('opacity') }
            23 { $Style.Remove('font-style') }
            24 { $Style.Remove('text-decoration') }
            39 { $Style.Remove('fill') }
            38 {
                if ($Code[$i + 1] -ne 2) { throw "The picture has no color for the sequence $Code." }
                $Style['fill'] = '#{0:x2}{1:x2}{2:x2}' -f $Code[($i + 2)..($i + 4)]
                $i += 4
            }
            { $palette.ContainsKey($_) } { $Style['fill'] = $palette[$_] }
            default { throw "The picture cannot show the sequence $Code." }
        }
    }
}

# Chinese characters and full-width marks take two columns in a terminal.
function Measure-Character([char] $Character) {
    if ($Character -ge [char] 0x2E80 -and $Character -le [char] 0xFFE6) { 2 } else { 1 }
}

# Breaks a line where the terminal does, and returns its words with position, style and width. Blanks are omitted, except
# a single one between two words: the positions replace them.
function Split-TerminalLine([string] $Line, [int] $Columns) {
    $style = @{}
    $row = $column = 0
    $piece = $null
    foreach ($part in [regex]::Matches($Line, '\e\[(?<code>[\d;]*)m|(?<text>.)')) {
        if (-not $part.Groups['text'].Success) {
            Set-Style $style ($part.Groups['code'].Value -split ';')
            $piece = $null
            continue
        }

        $width = Measure-Character $part.Value[0]
        if ($column + $width -gt $Columns) {
            $row++
            $column = 0
            $piece = $null
        }

        if ($part.Value -ne ' ') {
            $gap = if ($piece) { $column - $piece.Column - $piece.Columns } else { 0 }
            if (-not $piece -or $gap -gt 1 -or $piece.CharacterWidth -ne $width) {
                $piece = [pscustomobject]@{ Row = $row; Column = $column; Columns = 0; CharacterWidth = $width; Style = $style.Clone(); Text = '' }
                $piece
                $gap = 0
            }

            $piece.Text += ' ' * $gap + $part.Value
            $piece.Columns += $gap + $width
        }

        $column += $width
    }
}

# A progress bar as PowerShell draws it: activity and status in one line, the share that is done reversed.
function Format-ProgressBar([string] $Activity, [string] $Status, [double] $Share, [int] $Columns) {
    function Measure-Text([string] $Text) {
        ($Text.ToCharArray() | ForEach-Object { Measure-Character $_ } | Measure-Object -Sum).Sum
    }

    $room = $Columns - (Measure-Text $Activity) - 4
    while ((Measure-Text $Status) -gt $room) {
        $Status = $Status.Substring(0, $Status.Length - 1)
    }

    $done = 0
    while ((Measure-Text $Status.Substring(0, $done + 1)) -le $room * $Share) {
        $done++
    }

    $rest = $Status.Substring($done) + ' ' * ($room - (Measure-Text $Status))
    "`e[33;1m$Activity [`e[7m$($Status.Substring(0, $done))`e[27m$rest]`e[0m"
}

# A picture of a whole session. A line that begins with a prompt was typed.
function ConvertTo-TerminalPicture([string] $Shown, [int] $Columns, [string] $Title) {
    $size, $sizeOfWide, $advance, $leading, $margin = 14, 16, 8.4, 19, 18
    $text = $Shown -replace '\e\[\?\d+[hl]', '' -replace "`r", ''
    # A prompt with nothing after it: the line that ends a statement of two lines, and the last prompt.
    $lines = $text -split "`n" -notmatch '^(>>|PS>) ?$'
    $last = @($lines -match '\S')[-1]
    $lines = $lines[0..[array]::LastIndexOf($lines, $last)]

    $top = 0
    $drawn = foreach ($line in $lines) {
        if ($line -match '^(?<prompt>PS> |>> )(?<typed>.*)$') {
            $line = $Matches.prompt + (Add-TypingColor $Matches.typed)
        }

        $pieces = @(Split-TerminalLine $line $Columns)
        $reversed = -1
        foreach ($piece in $pieces) {
            if ($piece.CharacterWidth -eq 2) {
                $piece.Style['font-size'] = $sizeOfWide
            }

            if ($piece.Style['reverse']) {
                # The ground of a blank between two pieces belongs to the second.
                $from = if ($piece.Column - $reversed -eq 1) { $reversed } else { $piece.Column }
                $reversed = $piece.Column + $piece.Columns
                '<rect x="{0}" y="{1}" width="{2}" height="{3}" fill="{4}"/>' -f @(
                    [math]::Round($margin + $from * $advance, 1)
                    $margin + ($top + $piece.Row) * $leading
                    [math]::Round(($reversed - $from) * $advance, 1)
                    $leading
                    $piece.Style['fill']
                )
                $piece.Style['fill'] = '#16191f'
                $piece.Style.Remove('reverse')
            }

            $attributes = -join ($piece.Style.Keys | Sort-Object | ForEach-Object { " $_=`"$($piece.Style[$_])`"" })
            # The width is given, so that columns are aligned in any font.
            '<text x="{0}" y="{1}" textLength="{2}"{3}>{4}</text>' -f @(
                [math]::Round($margin + $piece.Column * $advance, 1)
                $margin + $size + ($top + $piece.Row) * $leading
                [math]::Round($piece.Columns * $advance, 1)
                $attributes
                [System.Security.SecurityElement]::Escape($piece.Text)
            )
        }

        # Even an empty line takes one.
        $top += if ($pieces) { $pieces[-1].Row + 1 } else { 1 }
    }

    $width = [math]::Ceiling(2 * $margin + $Columns * $advance)
    $height = 2 * $margin + $top * $leading
    @"
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 $width $height" width="$width" height="$height" role="img">
<title>$([System.Security.SecurityElement]::Escape($Title))</title>
<rect x="0.5" y="0.5" width="$($width - 1)" height="$($height - 1)" rx="8" fill="#16191f" stroke="#434a57"/>
<g fill="#d6d9df" font-size="$size" font-family="ui-monospace, 'Cascadia Mono', Consolas, Menlo, 'DejaVu Sans Mono', 'Noto Sans Mono CJK SC', 'PingFang SC', 'Microsoft YaHei', monospace">
$($drawn -join "`n")
</g>
</svg>

"@.Replace("`r`n", "`n")
}
