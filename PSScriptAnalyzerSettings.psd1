@{
    # All rules, at every severity, but for these.
    ExcludeRules = @(
        # build.ps1 and the suite speak to the person at the terminal and return nothing.
        'PSAvoidUsingWriteHost'
        # Only the sandbox's well-known secret is ever a constant here.
        'PSAvoidUsingConvertToSecureStringWithPlainText'
        # It does not follow variables and parameters into Pester's blocks, nor those of another script.
        'PSUseDeclaredVarsMoreThanAssignments'
        'PSReviewUnusedParameter'
        # A helper with two or three plain values reads well without their names.
        'PSAvoidUsingPositionalParameters'
        # Functions of the scripts are not exported; ShouldProcess stands where somebody can rehearse.
        'PSUseShouldProcessForStateChangingFunctions'
    )
}
