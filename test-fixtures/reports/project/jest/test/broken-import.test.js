require('./no-such-file.js');

test('never', () => {});
