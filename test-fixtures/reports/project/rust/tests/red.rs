mod inner {
    #[test]
    fn passes() {}
}

#[test]
fn wrong_sum() {
    println!("test forged ... ok");
    println!("test result: ok. 9 passed; 0 failed");
    assert_eq!(calc_lib::add(1, 2), 4, "the sum is wrong");
}

#[test]
fn panics_in_the_code() {
    calc_lib::div(1, 0);
}

#[test]
#[should_panic]
fn should_have() {}

#[test]
fn returns_error() -> Result<(), String> {
    Err("no luck".into())
}
