<?php // Asks `admit gate` from PHP 8: one process per request. Everything but exit code 0 is a no.
declare(strict_types=1);

/** The request goes to standard input: everybody on the machine can read the arguments of a process. */
function gate(string $op, #[SensitiveParameter] array $request, string $panel = 'main', int $seconds = 10): array
{
    $text = 'Please try again later.';
    $no = ['ok' => false, 'reason' => 'unavailable', 'message' => ['text' => $text], 'cause' => 'no answer'];
    $command = ['timeout', '-s', 'KILL', "$seconds", 'admit', 'gate', $op, '--panel', $panel];
    $process = proc_open($command, [['pipe', 'r'], ['pipe', 'w']], $pipes);
    if (!$process) {
        return $no;
    }
    @fwrite($pipes[0], (string) json_encode(['schema' => 2] + $request));
    fclose($pipes[0]);
    $answer = json_decode((string) stream_get_contents($pipes[1]), true);
    $code = proc_close($process);
    $is_clear = ($answer['schema'] ?? null) === 2 && ($answer['ok'] ?? null) === ($code === 0);
    return $is_clear ? $answer : $no;
}

/** Takes address and password, or ticket and code: the page keeps only the ticket meanwhile. */
function sign_in(?string $ip, #[SensitiveParameter] array $typed): array
{
    $request = ['ip' => $ip, 'idempotency' => bin2hex(random_bytes(16))] + $typed; // a new key for every call
    $answer = gate('sign-in', $request);
    if (!$answer['ok'] && $answer['reason'] === 'unavailable') {
        $answer = gate('sign-in', $request); // With the same key, nothing is done twice.
    }
    error_log("sign-in from $ip: $answer[cause]"); // only for the log
    $asks_code = in_array($answer['reason'] ?? '', ['code-required', 'code-invalid', 'code-expired'], true);
    return ['show' => $answer['message']['text'], 'session' => $answer['ok'] ? $answer['session'] : null,
        'ticket' => $asks_code ? $answer['ticket'] : null];
}

function check_session(?string $ip, #[SensitiveParameter] string $session): bool // on every page
{
    return gate('check-session', ['ip' => $ip, 'session' => $session])['ok'];
}
