mod sms;

use std::fs;
use std::os::unix::fs::PermissionsExt;

use tempfile::TempDir;

use super::setting::KEYS;
use super::*;
use crate::cli::base::error::Kind;
use crate::cli::base::printed::{RunOptions, command};

struct Home {
    folder: TempDir,
    vars: BTreeMap<String, String>,
    global: GlobalArgs,
}

impl Home {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path().to_str().unwrap().to_owned();
        Self {
            folder,
            vars: [("HOME".to_owned(), home)].into(),
            global: GlobalArgs::default(),
        }
    }

    fn file(self, name: &str, text: &str) -> Self {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        self
    }

    fn user(self, text: &str) -> Self {
        self.file(".config/admit/config.toml", text)
    }

    fn system(self, text: &str) -> Self {
        self.file("system.toml", text)
    }

    fn var(mut self, name: &str, value: &str) -> Self {
        self.vars.insert(name.into(), value.into());
        self
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn load(&self) -> Result<Config, CliError> {
        Config::load(&self.global, &self.vars, &self.path("system.toml"))
    }

    /// The error with the folder's name taken out.
    fn refusal(&self) -> (Kind, String) {
        let error = self.load().unwrap_err();
        let text = format!(
            "{} | {}",
            error.in_one_line(),
            error.hint_text(&RunOptions::default()).unwrap_or_default()
        );
        let folder = self.folder.path().to_str().unwrap();
        (error.kind, text.replace(folder, "~"))
    }
}

#[test]
fn the_strongest_layer_is_heard_and_every_value_knows_its_origin() {
    let mut home = Home::new()
        .system("panel = \"system\"\nstore = \"/system.db\"\nsupport-contact = \"help desk\"\n")
        .user("# mine\n\npanel = \"user\"\nstore = \"/user.db\"\n[mail]\nsender = \"a@example.com\"\n")
        .var("ADMIT_PANEL", "variable")
        .var("ADMIT_OUTPUT", "");
    home.global.panel = Some("option".into());
    let config = home.load().unwrap();
    assert_eq!(config.panel.value.as_deref(), Some("option"));
    let origin = |key: &str| {
        let rows = config.rows();
        let row = rows.iter().find(|row| row.key == key).unwrap();
        let folder = home.folder.path().to_str().unwrap();
        row.origin.to_string().replace(folder, "~")
    };
    assert_eq!(origin("panel"), "option --panel");
    assert_eq!(origin("store"), "~/.config/admit/config.toml:4");
    assert_eq!(origin("mail.sender"), "~/.config/admit/config.toml:6");
    assert_eq!(origin("support-contact"), "~/system.toml:3");
    assert_eq!(origin("output"), "default");
    home.global.panel = None;
    assert_eq!(
        home.load().unwrap().panel.origin,
        Origin::Variable("ADMIT_PANEL")
    );
}

#[test]
fn defaults_keep_the_key_apart_from_the_store() {
    let home = Home::new();
    let config = home.load().unwrap();
    let path = |name: &str| home.path(name);
    assert_eq!(config.key_file.value, path(".config/admit/key"));
    assert_eq!(
        Path::new(&config.store.value),
        path(".local/share/admit/admit.db")
    );
    assert_eq!(config.mail.folder.value, path(".local/share/admit/mail"));
    assert_eq!(config.rows().len(), KEYS.len());
    assert!(config.files.iter().all(|file| !file.found));

    let config = home
        .var("XDG_DATA_HOME", "/data")
        .var("XDG_CONFIG_HOME", "relative");
    let config = config.load().unwrap();
    assert_eq!(config.store.value, "/data/admit/admit.db");
    assert!(config.key_file.value.ends_with(".config/admit/key"));
}

#[test]
fn without_a_home_the_system_folders_are_used() {
    let places = Places::of(&BTreeMap::new());
    assert_eq!(places.config, Path::new("/etc/admit"));
    assert_eq!(places.store().unwrap(), "/var/lib/admit/admit.db");
    assert_eq!(places.user_config(), None);
}

#[test]
fn mail_lies_beside_the_store() {
    let beside = |store: &str| paths::beside(store, Path::new("/data"), "mail");
    assert_eq!(beside("/srv/a/admit.db"), Path::new("/srv/a/mail"));
    assert_eq!(
        beside("sqlite:///srv/a/admit.db?x=1"),
        Path::new("/srv/a/mail")
    );
    assert_eq!(beside("admit.db"), Path::new("mail"));
    assert_eq!(
        beside("postgres://db.example.com/admit"),
        Path::new("/data/mail")
    );
}

#[test]
fn mistakes_name_file_line_and_remedy() {
    let refusal = |text: &str| Home::new().user(text).refusal();
    let at = "~/.config/admit/config.toml";
    let (kind, text) = refusal("panel = \"main\"\nstoer = \"/x\"\n");
    assert_eq!(kind, Kind::Failed);
    assert_eq!(
        text,
        format!("{at}:2: unknown setting `stoer` | did you mean `store`?")
    );
    let (_, text) = refusal("[mail]\n\nfoldr = \"/x\"\n");
    assert_eq!(
        text,
        format!("{at}:3: unknown setting `mail.foldr` | did you mean `mail.folder`?")
    );
    let (_, text) = refusal("\noutput = \"xml\"\n");
    assert!(
        text.starts_with(&format!(
            "{at}:2: `output`: \"xml\" is not one of table, json"
        )),
        "{text}"
    );
    let (_, text) = refusal("panel = 7\n");
    assert!(
        text.starts_with(&format!("{at}:1: `panel` must be a quoted string")),
        "{text}"
    );
    let (_, text) = refusal("mail = \"x\"\n");
    assert!(text.contains("`mail` is a section"), "{text}");
    let (_, text) = refusal("panel = \"main\"\nkey = hunter2\n");
    assert!(
        text.starts_with(&format!("{at}:2: ")) && !text.contains("hunter2"),
        "{text}"
    );
    let (_, text) = refusal("key-file = \"key\"\n");
    assert!(text.contains("not an absolute path"), "{text}");
}

#[test]
fn a_file_that_is_named_must_be_there() {
    let mut home = Home::new()
        .user("nonsense")
        .file("other.toml", "panel = \"other\"\n");
    home.global.config = Some(home.path("other.toml"));
    assert_eq!(home.load().unwrap().panel.value.as_deref(), Some("other"));
    home.global.config = Some(home.path("none.toml"));
    assert_eq!(
        home.refusal().1,
        "the file ~/none.toml does not exist (option --config) | "
    );
    home.global.config = None;
    let home = home.var("ADMIT_CONFIG", "/nowhere/x.toml");
    assert!(home.refusal().1.contains("(ADMIT_CONFIG)"));
}

#[test]
fn a_file_that_others_could_have_written_is_refused() {
    for mode in [0o620, 0o602, 0o666] {
        let home = Home::new().user("panel = \"main\"\n");
        let path = home.path(".config/admit/config.toml");
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        let (_, text) = home.refusal();
        assert!(
            text.contains("other users can write to it | run `chmod go-w ~/"),
            "{text}"
        );
    }
    let mut home = Home::new();
    home.global.config = Some("/dev/null".into());
    assert!(home.refusal().1.contains("not a regular file"));
    home.global.config = Some(home.path(""));
    assert!(home.load().is_err());
}

#[test]
fn secrets_are_not_taken_from_variables() {
    for name in [
        "ADMIT_PASSWORD",
        "ADMIT_TOKEN",
        "ADMIT_KEY",
        "ADMIT_SMTP_PASSWORD",
        "ADMIT_CODE",
    ] {
        let (kind, text) = Home::new().var(name, "hunter2").refusal();
        assert_eq!(kind, Kind::Usage, "{name}");
        assert!(text.contains(name) && !text.contains("hunter2"), "{text}");
    }
    assert!(Home::new().var("ADMIT_KEY_FILE", "/k").load().is_ok());
    let home = Home::new().var("ADMIT_STORE", "postgres://ada:hunter2@db/admit");
    let (kind, text) = home.refusal();
    assert_eq!(kind, Kind::Usage);
    assert!(!text.contains("hunter2"), "{text}");
}

#[test]
fn a_password_in_a_url_is_refused_wherever_it_stands_and_not_repeated() {
    let home = Home::new().user("store = \"postgres://ada:hunter2@db/admit\"\n");
    let (_, words) = home.refusal();
    assert!(words.contains("~/.pgpass"), "{words}");
    assert!(!words.contains("hunter2"), "{words}");
}

#[test]
fn passwords_are_found_wherever_they_stand() {
    for (url, expected) in [
        ("postgres://u:p@h/d", "postgres://u:***@h/d"),
        ("postgres://u:a/b@h/d", "postgres://u:***@h/d"),
        (
            "postgres://h/d?password=p&x=1",
            "postgres://h/d?password=***&x=1",
        ),
        (
            "postgres://u:p@h/d?password=q",
            "postgres://u:***@h/d?password=***",
        ),
        ("postgres://u@h:5432/d", "postgres://u@h:5432/d"),
        ("/srv/a:b@c.db", "/srv/a:b@c.db"),
    ] {
        assert_eq!(values::masked(url), expected);
        assert_eq!(values::has_password(url), url != expected, "{url}");
    }
}

#[test]
fn variables_that_mean_nothing_are_named() {
    let config = Home::new()
        .var("ADMIT_STOER", "x")
        .var("ADMIT_ZZZ", "x")
        .load()
        .unwrap();
    let hints: Vec<_> = config
        .warnings
        .iter()
        .map(|w| w.hint.as_ref().unwrap().print(&RunOptions::default()))
        .collect();
    assert_eq!(
        hints,
        [
            "did you mean ADMIT_STORE?",
            "`admit config show` lists the settings"
        ]
    );
}

#[test]
fn links_are_https_and_hold_the_token_once() {
    let link = |text: &str| values::link(text, &Origin::Default).is_ok();
    assert!(link("https://panel.example.com/join?t={token}"));
    assert!(link("https://panel.example.com:8443/join#{token}"));
    assert!(link("http://localhost:8000/{token}") && link("http://localhost/{token}"));
    assert!(!link("http://panel.example.com/{token}"));
    assert!(!link("http://localhost.evil.example/{token}"));
    assert!(!link("http://localhost@evil.example/{token}"));
    assert!(!link("https://ada:pw@panel.example.com/{token}"));
    assert!(!link("https://{token}.example.com/"));
    assert!(!link("https://panel.example.com/"));
    assert!(!link("https://panel.example.com/{token}/{token}"));
    assert!(!link("https:///{token}") && !link("javascript:{token}"));
    assert!(!link("https://panel.example.com/a b/{token}"));
}

#[test]
fn a_password_is_not_printed_in_a_command() {
    let global = GlobalArgs {
        store: Some("postgres://olga:hunter2@db.example.com/admit".into()),
        ..GlobalArgs::default()
    };
    let printed = command(&["list"]).print(&global.run_options());
    assert!(!printed.contains("hunter2"), "{printed}");
}
