#compdef admit
# Completes admit in zsh. It asks admit itself, which only reads and stays silent on any error.
_admit() {
    local line
    local -a lines words_before plain open folders
    words_before=("${(@Q)words[1,CURRENT-1]}" "${(Q)PREFIX}")
    lines=("${(@f)$(
        _CLAP_IFS=$'\n' _CLAP_COMPLETE_INDEX=$((CURRENT - 1)) COMPLETE=zsh \
            admit -- "${words_before[@]}" 2>/dev/null
    )}")
    for line in $lines; do
        # "value:description"; a colon in the value has a backslash before it.
        case $line in
            *=:*|*=) open+=("$line") ;;
            */) folders+=("${line%/}") ;;
            *) plain+=("$line") ;;
        esac
    done
    (( $#open )) && _describe -V admit open -S ''
    (( $#folders )) && _describe -V admit folders -S / -r /
    (( $#plain )) && _describe -V admit plain
}
# As a file in fpath it is the body of the function; sourced, it registers the function.
if [[ $funcstack[1] == _admit ]]; then
    _admit "$@"
else
    compdef _admit admit
fi
