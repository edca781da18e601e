# Asks the package sources which restored packages have a known vulnerability.

# Fails if one has, and also if the sources could not be asked or the answer is not one.
function Assert-NoVulnerability {
    param([Parameter(Mandatory)][string] $Solution)

    $report = Invoke-DotNet list $Solution package --vulnerable --include-transitive --format json | Out-String | ConvertFrom-Json
    $problems = @(Get-OptionalValue $report problems | ForEach-Object text)
    if ($problems) {
        throw "Vulnerabilities could not be looked up:`n  $($problems -join "`n  ")"
    }

    $projects = @(Get-OptionalValue $report projects)
    if (-not $projects) {
        throw 'Vulnerabilities could not be looked up: dotnet named no project.'
    }

    $found = foreach ($framework in $projects | ForEach-Object { Get-OptionalValue $_ frameworks }) {
        foreach ($package in 'topLevelPackages', 'transitivePackages' | ForEach-Object { Get-OptionalValue $framework $_ }) {
            "$($package.id) $($package.resolvedVersion): $(@($package.vulnerabilities | ForEach-Object { "$($_.severity), $($_.advisoryurl)" }) -join '; ')"
        }
    }
    if ($found) {
        throw "Restored packages have known vulnerabilities:`n  $(@($found | Sort-Object -Unique) -join "`n  ")"
    }

    $projects.Count
}

# A member that may be missing, which strict mode would not read.
function Get-OptionalValue($Object, [string] $Name) {
    $member = $Object.PSObject.Properties[$Name]
    if ($member) {
        $member.Value
    }
}
