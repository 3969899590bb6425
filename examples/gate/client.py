"""Asks `admit gate stream`: one process for all threads of a panel. Without a clear answer, nobody gets in."""
import concurrent.futures, itertools, json, logging, os, queue, secrets, subprocess, threading
NO = {"ok": False, "reason": "unavailable", "message": {"text": "Please try again later."}, "cause": "it ended"}

def sign_in(gate, ip, **typed):  # address and password; then ticket and code: the page keeps only the ticket
    answer = gate.ask("sign-in", ip=ip, idempotency=secrets.token_hex(16), **typed)  # a new key for every call
    logging.info("sign-in from %s: %s", ip, answer["cause"])  # only for the log
    asks_code = answer.get("reason") in ("code-required", "code-invalid", "code-expired")
    return {"show": answer["message"]["text"], "session": answer["session"] if answer["ok"] else None,
            "ticket": answer["ticket"] if asks_code else None}

def check_session(gate, ip, session):  # on every page
    return gate.ask("check-session", ip=ip, session=session)["ok"]

class Gate:
    def __init__(self, panel, seconds=10):
        self.command, self.seconds = ["admit", "gate", "stream", "--panel", panel], seconds
        self.process, self.ids, self.writer = None, itertools.count(1), concurrent.futures.ThreadPoolExecutor(1)
    def ask(self, op, **request):  # it may be sent twice: give `idempotency` with whatever changes something
        request, reply = {**request, "op": op, "id": next(self.ids), "schema": 2}, queue.SimpleQueue()
        try:
            self.writer.submit(self._send, request, reply).result(self.seconds)
            return reply.get(timeout=self.seconds)
        except Exception as error:
            return {**NO, "cause": repr(error)}
    def _send(self, request, reply, tries=2):  # one thread writes, so that no other waits for a full pipe
        if not self.process or self.process.poll() is not None:
            self.process, self.waiting = subprocess.Popen(self.command, stdin=-1, stdout=-1), {}  # -1 is a pipe
            threading.Thread(target=self._read, args=(self.process, self.waiting), daemon=True).start()
        self.waiting[request["id"]] = request, reply, tries - 1
        os.write(self.process.stdin.fileno(), json.dumps(request).encode() + b"\n")
    def _read(self, process, waiting):
        try:
            for answer in map(json.loads, process.stdout):
                if answer["schema"] == 2 and isinstance(answer["ok"], bool) and answer["id"] in waiting:
                    waiting.pop(answer["id"])[1].put(answer)
        finally:  # it ended, or wrote something else: the same requests once more, with the same keys
            process.kill(), process.wait()
            for request, reply, tries in list(waiting.values()):
                self.writer.submit(self._send, request, reply, tries) if tries else reply.put(NO)
