@{
    # bin/Core is the net8.0 build, for PowerShell 7.4 and later; bin/Desktop the netstandard2.0 build, for 5.1. An 'if'
    # here would cost each import ten milliseconds more.
    RootModule             = "bin/$PSEdition/IotCard.dll"
    ModuleVersion          = '0.1.0'
    CompatiblePSEditions   = @('Core', 'Desktop')
    GUID                   = '0c1f3b4e-6d4b-4a8a-9d0e-3f6b5c9a7e21'
    Author                 = 'IotCard contributors'
    CompanyName            = 'IotCard'
    Copyright              = '(c) IotCard contributors. MIT License.'
    Description            = 'Rebinds and unbinds Alibaba Cloud IoT SIM cards (物联卡) from the pipeline: one typed result for every card, and no operation carried out twice.'
    PowerShellVersion      = '5.1'
    DotNetFrameworkVersion = '4.7.2'

    FormatsToProcess       = @('IotCard.Format.ps1xml')

    CmdletsToExport        = @('Get-IotCardCredential', 'Get-IotCardJournal', 'Remove-IotCardBinding', 'Set-IotCardBinding')
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
