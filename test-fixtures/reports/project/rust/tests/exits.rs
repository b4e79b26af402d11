#[test]
fn exits() {
    std::process::exit(3);
}

#[test]
fn never() {
    std::thread::sleep(std::time::Duration::from_millis(500));
}
