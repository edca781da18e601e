@{
    # All rules, at every severity, except these.
    ExcludeRules = @(
        # build.ps1 and the suite write to a person at a terminal and return nothing.
        'PSAvoidUsingWriteHost'
        # The only constant secret here is the sandbox's well-known one.
        'PSAvoidUsingConvertToSecureStringWithPlainText'
        # The rule does not follow variables and parameters into Pester's blocks or other scripts.
        'PSUseDeclaredVarsMoreThanAssignments'
        'PSReviewUnusedParameter'
        # A call of a helper with two or three plain values reads well without their names.
        'PSAvoidUsingPositionalParameters'
        # Functions of the scripts are not exported; ShouldProcess is used where -WhatIf makes sense.
        'PSUseShouldProcessForStateChangingFunctions'
    )
}
