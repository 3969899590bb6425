// Asks `admit gate stream` from Node 18 or later: one process for the panel. Without a clear answer, nobody gets in.
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { createInterface } from "node:readline";
const no = (cause) => ({ ok: false, reason: "unavailable", message: { text: "Please try again later." }, cause });
export async function signIn(gate, ip, typed) { // address and password, or ticket and code: keep only the ticket
  const answer = await gate.ask("sign-in", { ...typed, ip, idempotency: randomUUID() }); // a new key for every call
  console.error(`sign-in from ${ip}: ${answer.cause}`); // only for the log
  const ticket = ["code-required", "code-invalid", "code-expired"].includes(answer.reason) ? answer.ticket : null;
  return { show: answer.message.text, session: answer.ok ? answer.session : null, ticket };
}
export const checkSession = async (gate, ip, session) => (await gate.ask("check-session", { ip, session })).ok;
export class Gate {
  #child = null; #waiting = new Map(); #id = 0;
  constructor(panel, seconds = 10) { Object.assign(this, { panel, seconds }); }
  ask = (op, request) => new Promise((resolve) => { // may send it twice: give `idempotency` with changes
    setTimeout(() => resolve(no("no answer in time")), this.seconds * 1000).unref();
    this.#send({ ...request, op, id: ++this.#id, schema: 2 }, resolve, 2);
  });
  #send(request, resolve, tries) {
    this.#child ??= this.#start();
    this.#waiting.set(request.id, [request, resolve, tries - 1]);
    this.#child.stdin.write(JSON.stringify(request) + "\n");
  }
  #start() {
    const child = spawn("admit", ["gate", "stream", "--panel", this.panel], { stdio: ["pipe", "pipe", "inherit"] });
    for (const part of [child, child.stdin]) part.on("error", console.error); // and then it closes
    createInterface({ input: child.stdout }).on("line", (line) => {
      try {
        const answer = JSON.parse(line), [, resolve] = this.#waiting.get(answer.id) ?? [];
        if (answer.schema === 2 && typeof answer.ok === "boolean" && this.#waiting.delete(answer.id)) resolve(answer);
      } catch { child.kill("SIGKILL"); } // not an answer
    });
    return child.on("close", () => { // the same requests again, with the same keys
      const lost = this.#waiting.values();
      [this.#child, this.#waiting] = [null, new Map()];
      for (const [sent, resolve, tries] of lost) tries ? this.#send(sent, resolve, tries) : resolve(no("it ended"));
    });
  }
}
