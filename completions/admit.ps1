# Completes admit in PowerShell. It asks admit itself, which only reads and stays silent on any error.
Register-ArgumentCompleter -Native -CommandName admit -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    # The words before the cursor as they stand, not evaluated.
    $words = @($commandAst.CommandElements |
        Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
        ForEach-Object { $_.Extent.Text })
    # Before version 7.3 an empty argument needs quotes of its own to be passed on.
    $words += if ($wordToComplete -eq '') { '""' } else { $wordToComplete }
    $before = $env:COMPLETE
    $env:COMPLETE = 'powershell'
    try {
        & admit -- @words 2>$null | ForEach-Object {
            $value, $help = $_ -split "`t", 2
            if (-not $help) { $help = $value }
            [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $help)
        }
    } catch {
    } finally {
        $env:COMPLETE = $before
    }
}
