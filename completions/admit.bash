# Completes admit in bash. It asks admit itself, which only reads and stays silent on any error.
_admit() {
    # Bash cuts words at @, = and : too; they are put together again here.
    local rest="${COMP_LINE:0:COMP_POINT}" words=() word i
    for ((i = 0; i <= COMP_CWORD; i++)); do
        local before=$rest
        rest="${rest#"${rest%%[![:space:]]*}"}"
        word="${COMP_WORDS[i]}"
        [[ $i -eq $COMP_CWORD ]] && word=$rest
        if [[ $i -gt 0 && $before == "$rest" ]]; then
            words[${#words[@]} - 1]+=$word
        else
            words+=("$word")
        fi
        rest="${rest#"$word"}"
    done
    for i in "${!words[@]}"; do
        word="${words[i]#[\"\']}"
        words[i]="${word%[\"\']}"
    done
    # Only what follows the last cut is replaced on the line.
    word="${words[${#words[@]} - 1]}"
    local cut="${word%"${2#[\"\']}"}" reply
    COMPREPLY=()
    while IFS= read -r reply || [[ -n $reply ]]; do
        [[ $reply == *[=/] ]] && compopt -o nospace 2>/dev/null
        printf -v reply %q "${reply#"$cut"}"
        COMPREPLY+=("$reply")
    done < <(_CLAP_IFS=$'\n' _CLAP_COMPLETE_INDEX=$((${#words[@]} - 1)) COMPLETE=bash \
        admit -- "${words[@]}" 2>/dev/null)
}
complete -o nosort -F _admit admit 2>/dev/null || complete -F _admit admit
