//! The QR code as a camera sees it: drawn by a real terminal on a screen that is only in
//! memory, and read back from the picture of that screen.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use admit::cli::view::qr::{Canvas, Qr};
use admit::vault::{Entropy, Secret, TotpSecret};

use rustix::process::{Pid, Signal, kill_process};

use super::{Machine, end, pause, required, wait};

/// Pixels of the screen: 110 columns of 8 and 60 rows of 17, with a margin.
const SCREEN: &str = "900x1060x24";

/// Colours of a terminal.
struct Ground {
    name: &'static str,
    back: &'static str,
    front: &'static str,
    /// What it shows instead of the first sixteen colours; empty: xterm's own.
    palette: &'static [&'static str],
}

/// <https://ethanschoonover.com/solarized>, the table of terminal colours.
const SOLARIZED: &[&str] = &[
    "#073642", "#dc322f", "#859900", "#b58900", "#268bd2", "#d33682", "#2aa198", "#eee8d5",
    "#002b36", "#cb4b16", "#586e75", "#657b83", "#839496", "#6c71c4", "#93a1a1", "#fdf6e3",
];

/// A palette in which "black" is the light ground and "bright white" the darkest ink, as
/// the light schemes of base16 have it.
const TURNED: &[&str] = &[
    "#f8f8f8", "#ab4642", "#a1b56c", "#f7ca88", "#7cafc2", "#ba8baf", "#86c1b9", "#383838",
    "#b8b8b8", "#ab4642", "#a1b56c", "#f7ca88", "#7cafc2", "#ba8baf", "#86c1b9", "#181818",
];

const GROUNDS: [Ground; 5] = [
    Ground {
        name: "white on black",
        back: "#000000",
        front: "#ffffff",
        palette: &[],
    },
    Ground {
        name: "black on white",
        back: "#ffffff",
        front: "#000000",
        palette: &[],
    },
    Ground {
        name: "solarized dark",
        back: "#002b36",
        front: "#839496",
        palette: SOLARIZED,
    },
    Ground {
        name: "solarized light",
        back: "#fdf6e3",
        front: "#657b83",
        palette: SOLARIZED,
    },
    Ground {
        name: "base16 light",
        back: "#f8f8f8",
        front: "#383838",
        palette: TURNED,
    },
];

/// A process that ends with its owner.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // Asked to end, a server takes its socket away; killed, it leaves it in /tmp.
        kill_process(Pid::from_child(&self.0), Signal::TERM).ok();
        wait(&mut self.0);
    }
}

/// A screen in memory.
struct Screen {
    // Fields end in this order: the server before the folder that its memory is in.
    _server: Running,
    machine: Machine,
    display: String,
}

impl Screen {
    fn new() -> Self {
        for (program, package) in [
            ("Xvfb", "xvfb"),
            ("xterm", "xterm"),
            ("zbarimg", "zbar-tools"),
        ] {
            required(program, package);
        }
        let font = Path::new("/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf");
        assert!(
            font.exists(),
            "a font is missing: install the Debian package fonts-dejavu-core"
        );
        let machine = Machine::new();
        let mut server =
            machine.shell("exec Xvfb -displayfd 1 -nolisten tcp -fbdir . -screen 0 $SCREEN");
        server
            .env("SCREEN", SCREEN)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut server = Running(server.spawn().unwrap());
        // The server takes a display that is free and says which.
        let mut number = String::new();
        BufReader::new(server.0.stdout.take().unwrap())
            .read_line(&mut number)
            .unwrap();
        let display = format!(":{}", number.trim());
        assert!(display.len() > 1, "Xvfb gave no display");
        Self {
            _server: server,
            machine,
            display,
        }
    }

    /// Shows these lines in a terminal whose font is so large.
    fn show(&self, lines: &[String], ground: &Ground, points: u32) -> Running {
        self.machine.file("lines", lines.join("\n") + "\n");
        let mut xterm = Command::new("xterm");
        self.machine.dress(&mut xterm);
        xterm
            .env("DISPLAY", &self.display)
            .args(["-bg", ground.back, "-fg", ground.front])
            .args(["-fa", "DejaVu Sans Mono", "-u8"])
            .args(["-fs", &points.to_string()])
            .args(["-geometry", "110x60+0+0", "+sb"]);
        for (number, colour) in ground.palette.iter().enumerate() {
            xterm.args(["-xrm", &format!("XTerm*color{number}: {colour}")]);
        }
        xterm
            .args(["-e", "sh", "-c", "cat lines; exec sleep 60"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        Running(xterm.spawn().unwrap())
    }

    /// What is read in the picture of the screen now; nothing if no code is found.
    fn read(&self, print: Print) -> String {
        let picture = grey(&fs::read(self.machine.path("Xvfb_screen0")).unwrap(), print);
        self.machine.file("screen.pgm", picture);
        let mut zbarimg = Command::new("zbarimg");
        self.machine.dress(&mut zbarimg);
        zbarimg.args(["-q", "--raw", "--nodbus", "screen.pgm"]);
        let ended = end(zbarimg, b"");
        // 4: there was a picture and no code in it.
        assert!(matches!(ended.code, Some(0 | 4)), "{ended}");
        ended.stdout.trim_end().to_owned()
    }

    /// Whether this text is read in the picture within a few seconds.
    fn comes_to_read(&self, text: &Secret<String>, print: Print) -> bool {
        (0..50).any(|_| {
            let read = self.read(print) == text.as_str();
            if !read {
                pause(Duration::from_millis(100));
            }
            read
        })
    }
}

/// How a picture is taken.
#[derive(Clone, Copy)]
enum Print {
    Positive,
    Negative,
}

/// A screen's memory (XWDFile.h: a header of big-endian words, colours of 12 bytes, then
/// pixels of 32 bits) as a grey picture (PGM).
fn grey(xwd: &[u8], print: Print) -> Vec<u8> {
    let word = |at: usize| {
        let bytes = xwd[4 * at..4 * at + 4].try_into().unwrap();
        usize::try_from(u32::from_be_bytes(bytes)).unwrap()
    };
    let [header, width, height, bits, line, colours] = [0, 4, 5, 11, 12, 19].map(word);
    assert_eq!(
        (word(1), bits),
        (7, 32),
        "not the picture that was expected"
    );
    let mut picture = format!("P5 {width} {height} 255\n").into_bytes();
    for row in xwd[header + 12 * colours..].chunks(line).take(height) {
        for pixel in row.chunks(4).take(width) {
            let [a, b, c, _] = pixel.try_into().unwrap();
            let sum = u16::from(a) + u16::from(b) + u16::from(c);
            let grey = u8::try_from(sum / 3).unwrap();
            picture.push(match print {
                Print::Positive => grey,
                Print::Negative => 255 - grey,
            });
        }
    }
    picture
}

/// The QR code of somebody with an address of 64 characters, and what is in it. Every seed
/// gives another, so that what is read is never the code before.
fn code(seed: u64) -> (Qr, Secret<String>) {
    let address = format!("{}@{}.example.com", "a".repeat(30), "b".repeat(21));
    let secret = TotpSecret::random(&Entropy::seeded(seed)).unwrap();
    let uri = secret.uri("main", &address);
    (Qr::of(&uri).unwrap(), uri)
}

#[test]
fn a_camera_reads_the_code_on_every_ground() {
    let screen = Screen::new();
    let mut seed = 0;
    for canvas in [Canvas::HalfBlocks, Canvas::ColouredSpaces] {
        for ground in &GROUNDS {
            seed += 1;
            let (qr, uri) = code(seed);
            let lines = qr.lines(canvas, 110, Some(59)).unwrap();
            let _terminal = screen.show(&lines, ground, 10);
            assert!(
                screen.comes_to_read(&uri, Print::Positive),
                "{canvas:?}, {}: not read",
                ground.name
            );
        }
    }
}

#[test]
fn a_camera_reads_the_code_in_every_size_of_a_font() {
    // In some of these sizes DejaVu leaves a gap above its half blocks, in some below.
    let screen = Screen::new();
    for points in 7..=16 {
        let (qr, uri) = code(u64::from(points));
        let lines = qr.lines(Canvas::HalfBlocks, 80, None).unwrap();
        let _terminal = screen.show(&lines, &GROUNDS[0], points);
        assert!(
            screen.comes_to_read(&uri, Print::Positive),
            "{points} points: not read"
        );
    }
}

#[test]
fn with_a_palette_of_its_own_a_terminal_would_show_the_negative() {
    let screen = Screen::new();
    let (qr, uri) = code(0);
    let lines = qr.lines(Canvas::HalfBlocks, 110, Some(59)).unwrap();
    let sixteen: Vec<_> = lines
        .iter()
        .map(|line| {
            line.replace("38;5;16;48;5;231", "30;107")
                .replace("38;5;231;48;5;16", "97;40")
        })
        .collect();
    let _terminal = screen.show(&sixteen, &GROUNDS[4], 10);
    assert!(screen.comes_to_read(&uri, Print::Negative));
    assert_eq!(screen.read(Print::Positive), "");
}
