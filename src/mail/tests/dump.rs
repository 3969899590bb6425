use super::hostile::hostile;
use super::*;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{TestRunner};
#[test]
fn dump() {
    let dir = std::path::Path::new("/tmp/admit-mail-dump");
    let templates = Templates::builtin().unwrap();
    let mut runner = TestRunner::deterministic();
    let mut n = 0; let mut refused = 0;
    let mut put = |letter: &Letter, name: Option<&str>, id: &str| {
        std::fs::write(dir.join(format!("{n:06}.eml")), &letter.bytes).unwrap();
        let meta = serde_json::json!({"to": letter.to, "from": letter.from, "name": name.map(str::trim).filter(|n| !n.is_empty()), "subject": letter.subject, "id": id,
          "text": text(letter), "html": html(letter)});
        std::fs::write(dir.join(format!("{n:06}.json")), meta.to_string()).unwrap();
        n += 1;
    };
    let sample = Sample::new();
    for &kind in MailKind::ALL {
        let c = sample.context(kind);
        put(&compose(&c, &templates).unwrap(), sample.sender.name.as_deref(), c.message_id);
    }
    for i in 0..60_000_usize {
        let value = hostile().new_tree(&mut runner).unwrap().current();
        let field = i % 9;
        let mut sample = Sample::new();
        let address = format!("a{value}@example.org");
        if field == 0 { sample.sender.name = Some(value.clone()); }
        if field == 1 { sample.sender.address = address.clone(); }
        let id = format!("<a{value}@x>");
        let mut context = sample.context(MailKind::ALL[(i / 9) % 9]);
        let url = format!("https://x.example/?t={value}");
        match field {
            2 => context.panel = &value,
            3 => context.person_name = Some(&value),
            4 => context.to = &address,
            5 => context.lang = &value,
            6 => context.support_contact = Some(&value),
            7 => context.message_id = &id,
            8 => context.link = context.link.map(|_| LinkText::Url(url.clone())),
            _ => {}
        }
        match compose(&context, &templates) { Ok(l) => put(&l, sample.sender.name.as_deref(), context.message_id), Err(_) => refused += 1 }
    }
    eprintln!("{n} written, {refused} refused");
}
#[test]
fn speed() {
    let templates = Templates::builtin().unwrap();
    let sample = Sample::new();
    let dir = tempfile::tempdir().unwrap();
    let t = Transport::Files(FolderTransport::new(dir.path()));
    let a = std::time::Instant::now();
    let letters: Vec<_> = (0..10_000).map(|_| compose(&sample.context(MailKind::Invitation), &templates).unwrap()).collect();
    let b = std::time::Instant::now();
    for (i, l) in letters.iter().enumerate() { t.send(l, i as i64).unwrap(); }
    eprintln!("compose {:?} write {:?} bytes {}", b - a, b.elapsed(), letters[0].bytes.len());
}
#[test]
fn full() {
    let l = compose(&Sample::new().context(MailKind::Invitation), &Templates::builtin().unwrap()).unwrap();
    let t = FolderTransport::new("/tmp/admit-mail-full");
    for i in 0..100 { if let Err(e) = t.send(&l, i) { eprintln!("{i}: {e:?}"); break; } }
    eprintln!("{:?}", std::fs::read_dir("/tmp/admit-mail-full").unwrap().map(|e| e.unwrap().file_name()).collect::<Vec<_>>().len());
}
