# Writes the lines of journals, for the Pester files.

function Add-Checksum {
    param([string] $Line)

    $content = $Line.Substring(0, $Line.Length - 1)
    $crc = [uint32]::MaxValue
    foreach ($byte in [System.Text.Encoding]::UTF8.GetBytes($content)) {
        $crc = $crc -bxor $byte
        foreach ($bit in 1..8) {
            $crc = if ($crc -band 1) { ($crc -shr 1) -bxor [uint32]3988292384 } else { $crc -shr 1 }
        }
    }

    '{0},"crc32":"{1:x8}"}}' -f $content, ($crc -bxor [uint32]::MaxValue)
}
