@{
    # bin/Core is the net8.0 build, for PowerShell 7.4 and later; bin/Desktop the netstandard2.0 build, for 5.1. Only an
    # expression can choose between them, so Import-PowerShellDataFile, which reads constants, refuses this manifest;
    # Test-ModuleManifest reads it. A constant that names a script module, which chooses in turn, would cost each import
    # three milliseconds of forty and put it under the execution policy; an 'if' here would cost ten.
    RootModule             = "bin/$PSEdition/IotCard.dll"
    ModuleVersion          = '0.1.0'
    CompatiblePSEditions   = @('Core', 'Desktop')
    GUID                   = '0c1f3b4e-6d4b-4a8a-9d0e-3f6b5c9a7e21'
    Author                 = 'IotCard contributors'
    CompanyName            = 'IotCard'
    Copyright              = '(c) IotCard contributors. MIT License.'
    Description            = 'Rebinds and unbinds Alibaba Cloud IoT SIM cards (物联卡) from the pipeline: one typed result for every card, and no operation performed twice.'
    PowerShellVersion      = '5.1'
    DotNetFrameworkVersion = '4.7.2'

    FormatsToProcess       = @('IotCard.Format.ps1xml')

    CmdletsToExport        = @(
        'Export-IotCardReport', 'Get-IotCard', 'Get-IotCardAuditEvent', 'Get-IotCardCredential', 'Get-IotCardJournal', 'Register-IotCardDevice', 'Remove-IotCardBinding', 'Resolve-IotCardJournal',
        'Set-IotCardBinding', 'Test-IotCardBinding', 'Test-IotCardConnection', 'Test-IotCardDevice')
    FunctionsToExport      = @()
    VariablesToExport      = @()
    AliasesToExport        = @()

    PrivateData            = @{
        PSData = @{
            Tags         = @('AlibabaCloud', 'Aliyun', 'IoT', 'SIM', 'ICCID', 'IMEI', 'PSEdition_Core', 'PSEdition_Desktop', 'Windows', 'Linux', 'MacOS')
            LicenseUri   = 'https://opensource.org/license/mit'
            # build.ps1 -Task Pack puts the newest section of CHANGELOG.md here.
            ReleaseNotes = ''
        }
    }
}
