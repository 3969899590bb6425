# Completes admit in fish. It asks admit itself, which only reads and stays silent on any error.
function __admit_complete
    set --local words (commandline --current-process --tokenize --cut-at-cursor)
    COMPLETE=fish admit -- $words (commandline --current-token --cut-at-cursor) 2>/dev/null
end
complete --keep-order --exclusive --command admit --arguments '(__admit_complete)'
