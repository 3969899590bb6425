//! Postfix with its own configuration, queue and mailbox in a folder, on loopback ports.

use std::fs;
use std::io::Write;
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use super::certificates::Pair;
use crate::support::world::folder;

/// Who may sign in.
pub(crate) const USER: &str = "panel";
/// With this password.
pub(crate) const PASSWORD: &str = "hunter2-canary";
/// The one mailbox.
pub(crate) const MAILBOX: &str = "ada@example.com";

const DAEMONS: &str = "/usr/lib/postfix/sbin";
const NOBODY: u32 = 65534;

/// What is special about it.
#[derive(Default)]
pub(crate) struct Setup {
    /// More mailboxes, which are all the same folder.
    pub(crate) mailboxes: Vec<String>,
    /// What it answers to these recipients.
    pub(crate) answers: Vec<(&'static str, &'static str)>,
    /// More certificates, each of which is shown on two ports of its own.
    pub(crate) certificates: Vec<Pair>,
}

/// Two ports with a certificate of their own.
pub(crate) struct Ports {
    /// STARTTLS, and AUTH once encrypted.
    pub(crate) submission: u16,
    /// TLS from the first byte, and AUTH.
    pub(crate) submissions: u16,
}

pub(crate) struct Postfix {
    home: TempDir,
    master: Child,
    /// Those with the certificates of the set-up.
    pub(crate) others: Vec<Ports>,
    /// STARTTLS, and AUTH once encrypted.
    pub(crate) submission: u16,
    /// TLS from the first byte, and AUTH.
    pub(crate) submissions: u16,
    /// Neither; takes mail for its mailbox from this machine.
    pub(crate) plain: u16,
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

fn id_of(user: &str) -> u32 {
    let passwd = fs::read_to_string("/etc/passwd").unwrap();
    let line = passwd
        .lines()
        .find(|line| line.starts_with(&format!("{user}:")))
        .unwrap_or_else(|| panic!("there is no user {user}: install the Debian package postfix"));
    line.split(':').nth(2).unwrap().parse().unwrap()
}

fn run(command: &mut Command) {
    let done = command
        .output()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(
        done.status.success(),
        "{command:?}\n{}{}",
        String::from_utf8_lossy(&done.stdout),
        String::from_utf8_lossy(&done.stderr)
    );
}

impl Postfix {
    /// Starts it with this certificate.
    pub(crate) fn start(pair: &Pair) -> Self {
        Self::with(pair, &Setup::default())
    }

    /// Starts it with this certificate, and what is special.
    pub(crate) fn with(pair: &Pair, setup: &Setup) -> Self {
        let plain = fs::read_dir("/usr/lib")
            .unwrap()
            .map(|entry| entry.unwrap().path().join("sasl2/libplain.so"))
            .find(|path| path.exists());
        for (found, package) in [
            (Path::new("/usr/sbin/postfix").exists(), "postfix"),
            (Path::new("/usr/sbin/saslpasswd2").exists(), "sasl2-bin"),
            (plain.is_some(), "libsasl2-modules"),
        ] {
            assert!(found, "install the Debian package {package}");
        }
        assert!(
            rustix::process::geteuid().is_root(),
            "Postfix is started by root only: run the tests as root"
        );
        let home = folder();
        let at = |name: &str| home.path().join(name);
        fs::set_permissions(home.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let postfix = id_of("postfix");
        for name in ["etc", "queue", "data", "mail", "etc/sasl"] {
            fs::create_dir(at(name)).unwrap();
        }
        chown(at("data"), Some(postfix), None).unwrap();
        chown(at("mail"), Some(NOBODY), Some(NOBODY)).unwrap();
        for (from, to) in [(&pair.certificate, "cert.pem"), (&pair.key, "key.pem")] {
            fs::copy(from, at("etc").join(to)).unwrap();
        }
        let database = at("etc/sasl/db");
        let mut add = Command::new("/usr/sbin/saslpasswd2")
            .args(["-c", "-p", "-u", "mail.test", "-f"])
            .arg(&database)
            .arg(USER)
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = add.stdin.take().unwrap();
        stdin.write_all(PASSWORD.as_bytes()).unwrap();
        drop(stdin);
        assert!(add.wait().unwrap().success());
        chown(&database, Some(postfix), None).unwrap();
        fs::write(
            at("etc/sasl/smtpd.conf"),
            format!(
                "pwcheck_method: auxprop\nauxprop_plugin: sasldb\nmech_list: PLAIN LOGIN\nsasldb_path: {}\n",
                database.display()
            ),
        )
        .unwrap();
        let (submission, submissions, plain) = (free_port(), free_port(), free_port());
        let lines =
            |lines: &mut dyn Iterator<Item = String>| lines.collect::<Vec<_>>().join("\n") + "\n";
        let boxes = setup.mailboxes.iter().map(String::as_str).chain([MAILBOX]);
        let boxes = lines(&mut boxes.map(|address| format!("{address} inbox/")));
        fs::write(at("etc/boxes"), boxes).unwrap();
        let answers = setup.answers.iter();
        let answers = lines(&mut answers.map(|(address, answer)| format!("{address} {answer}")));
        fs::write(at("etc/answers"), answers).unwrap();
        fs::write(at("etc/main.cf"), main_cf(home.path())).unwrap();
        let mut services = master_cf(submission, submissions, plain);
        let mut others = Vec::new();
        for (number, pair) in setup.certificates.iter().enumerate() {
            let ports = Ports {
                submission: free_port(),
                submissions: free_port(),
            };
            let files: Vec<String> = [(&pair.certificate, "cert"), (&pair.key, "key")]
                .into_iter()
                .map(|(from, kind)| {
                    let to = at(&format!("etc/{kind}{number}.pem"));
                    fs::copy(from, &to).unwrap();
                    format!("-o smtpd_tls_{kind}_file={}", to.display())
                })
                .collect();
            let files = files.join(" ");
            services.push_str(&format!(
                "127.0.0.1:{} inet n - n - - smtpd -o smtpd_tls_security_level=encrypt {SIGN_IN} {files}\n\
                 127.0.0.1:{} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes {SIGN_IN} {files}\n",
                ports.submission, ports.submissions
            ));
            others.push(ports);
        }
        fs::write(at("etc/master.cf"), services).unwrap();
        run(Command::new("/usr/sbin/postfix")
            .arg("-c")
            .arg(at("etc"))
            .args(["post-install", "create-missing"])
            .env("MAIL_CONFIG", at("etc")));
        let log = fs::File::create(at("log")).unwrap();
        let master = Command::new(format!("{DAEMONS}/master"))
            .arg("-c")
            .arg(at("etc"))
            .args(["-s"])
            .env_clear()
            .env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
            .env("MAIL_CONFIG", at("etc"))
            .env("MAIL_LOGTAG", "postfix")
            .stdin(Stdio::null())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn()
            .unwrap();
        let postfix = Self {
            home,
            master,
            others,
            submission,
            submissions,
            plain,
        };
        let more = postfix.others.iter();
        let more = more.flat_map(|ports| [ports.submission, ports.submissions]);
        for port in more.chain([submission, submissions, plain]) {
            postfix.await_port(port);
        }
        postfix
    }

    fn await_port(&self, port: u16) {
        for _ in 0..300 {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return;
            }
            pause(Duration::from_millis(100));
        }
        panic!("Postfix did not start:\n{}", self.log());
    }

    pub(crate) fn log(&self) -> String {
        fs::read_to_string(self.home.path().join("log")).unwrap()
    }

    /// The messages in the mailbox, once there are as many.
    pub(crate) fn messages(&self, wanted: usize) -> Vec<Vec<u8>> {
        let inbox = self.home.path().join("mail/inbox/new");
        for _ in 0..300 {
            let mut files: Vec<PathBuf> = fs::read_dir(&inbox)
                .into_iter()
                .flatten()
                .map(|entry| entry.unwrap().path())
                .collect();
            files.sort();
            assert!(files.len() <= wanted, "too many\n{}", self.log());
            if files.len() == wanted {
                return files.iter().map(|file| fs::read(file).unwrap()).collect();
            }
            pause(Duration::from_millis(100));
        }
        panic!("not {wanted} messages arrived:\n{}", self.log());
    }
}

impl Drop for Postfix {
    fn drop(&mut self) {
        // The master takes its children with it.
        kill_process(Pid::from_child(&self.master), Signal::TERM).ok();
        self.master.wait().ok();
    }
}

fn main_cf(home: &Path) -> String {
    let home = home.display();
    format!(
        "compatibility_level = 3.6
queue_directory = {home}/queue
data_directory = {home}/data
daemon_directory = {DAEMONS}
command_directory = /usr/sbin
meta_directory = /etc/postfix
shlib_directory = /usr/lib/postfix
maillog_file = /dev/stdout
mail_owner = postfix
setgid_group = postdrop
myhostname = mail.test
mydestination =
mynetworks = 192.0.2.0/32
inet_interfaces = loopback-only
inet_protocols = ipv4
alias_maps =
local_recipient_maps =
smtpd_relay_restrictions = reject_unauth_destination
smtpd_recipient_restrictions = check_recipient_access texthash:{home}/etc/answers
smtpd_error_sleep_time = 0
default_transport = error:nothing leaves this machine
relay_transport = error:nothing leaves this machine
virtual_mailbox_domains = example.com
virtual_mailbox_maps = texthash:{home}/etc/boxes
virtual_mailbox_base = {home}/mail
virtual_uid_maps = static:{NOBODY}
virtual_gid_maps = static:{NOBODY}
smtpd_tls_cert_file = {home}/etc/cert.pem
smtpd_tls_key_file = {home}/etc/key.pem
smtpd_tls_auth_only = yes
smtpd_sasl_type = cyrus
smtpd_sasl_path = smtpd
smtpd_sasl_local_domain = mail.test
smtpd_peername_lookup = no
"
    )
}

/// Who does not sign in gets nothing.
const SIGN_IN: &str =
    "-o smtpd_sasl_auth_enable=yes -o smtpd_client_restrictions=permit_sasl_authenticated,reject";

fn master_cf(submission: u16, submissions: u16, plain: u16) -> String {
    let mut text = format!(
        "127.0.0.1:{submission} inet n - n - - smtpd -o smtpd_tls_security_level=encrypt {SIGN_IN}\n\
         127.0.0.1:{submissions} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes {SIGN_IN}\n\
         127.0.0.1:{plain} inet n - n - - smtpd\n\
         postlog unix-dgram n - n - 1 postlogd\n\
         qmgr unix n - n 300 1 qmgr\n"
    );
    for (service, options, limit, program) in [
        ("tlsmgr", "1000?", "1", "tlsmgr"),
        ("rewrite", "-", "-", "trivial-rewrite"),
        ("cleanup", "-", "0", "cleanup"),
        ("bounce", "-", "0", "bounce"),
        ("defer", "-", "0", "bounce"),
        ("trace", "-", "0", "bounce"),
        ("proxymap", "-", "-", "proxymap"),
        ("error", "-", "-", "error"),
        ("retry", "-", "-", "error"),
        ("anvil", "-", "1", "anvil"),
        ("virtual", "-", "-", "virtual"),
    ] {
        let private = if service == "cleanup" { "n" } else { "-" };
        let unprivileged = if service == "virtual" { "n" } else { "-" };
        text.push_str(&format!(
            "{service} unix {private} {unprivileged} n {options} {limit} {program}\n"
        ));
    }
    text
}

#[expect(clippy::disallowed_methods, reason = "another process needs real time")]
fn pause(time: Duration) {
    std::thread::sleep(time);
}
