"""The scripts that let a shell complete ``a2e``.

This module owns their texts. Each calls ``a2e`` with the line so far in variables, and offers what
is printed, in the form that ``answers`` has for that shell.
"""

from __future__ import annotations

from collections.abc import Mapping

_BASH = """\
_a2e_completion() {
    local IFS=$'\\n'
    COMPREPLY=($(env COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD=$COMP_CWORD \\
        _A2E_COMPLETE=complete_bash "$1"))
    return 0
}

complete -o default -F _a2e_completion a2e"""

_ZSH = """\
#compdef a2e

_a2e_completion() {
    eval $(env _TYPER_COMPLETE_ARGS="${words[1,$CURRENT]}" _A2E_COMPLETE=complete_zsh a2e)
}

compdef _a2e_completion a2e"""

# Where nothing fits, the condition is false, and fish offers files.
_FISH = """\
complete --command a2e --no-files \
--arguments "(env _A2E_COMPLETE=complete_fish _TYPER_COMPLETE_FISH_ACTION=get-args \
_TYPER_COMPLETE_ARGS=(commandline -cp) a2e)" \
--condition "env _A2E_COMPLETE=complete_fish _TYPER_COMPLETE_FISH_ACTION=is-args \
_TYPER_COMPLETE_ARGS=(commandline -cp) a2e\""""

_POWERSHELL = """\
Import-Module PSReadLine
Set-PSReadLineKeyHandler -Chord Tab -Function MenuComplete
Register-ArgumentCompleter -Native -CommandName a2e -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $Env:_A2E_COMPLETE = "complete_powershell"
    $Env:_TYPER_COMPLETE_ARGS = $commandAst.ToString()
    $Env:_TYPER_COMPLETE_WORD_TO_COMPLETE = $wordToComplete
    a2e | ForEach-Object {
        $word, $help = $_ -Split ":::"
        [System.Management.Automation.CompletionResult]::new($word, $word, 'ParameterValue', $help)
    }
    $Env:_A2E_COMPLETE = ""
    $Env:_TYPER_COMPLETE_ARGS = ""
    $Env:_TYPER_COMPLETE_WORD_TO_COMPLETE = ""
}"""

#: The script of each shell.
SCRIPTS: Mapping[str, str] = {
    "bash": _BASH,
    "zsh": _ZSH,
    "fish": _FISH,
    "powershell": _POWERSHELL,
    "pwsh": _POWERSHELL,
}
