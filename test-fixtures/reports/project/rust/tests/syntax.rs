#[test]
fn unfinished() {
