@{
    RootModule        = 'EmptyModule.dll'
    ModuleVersion     = '1.0.0'
    GUID              = 'd1b6a1e3-6f0f-4b46-9b53-2a3f6a0c5d92'
    CmdletsToExport   = @('Send-Card')
    FunctionsToExport = @()
    VariablesToExport = @()
    AliasesToExport   = @()
}
