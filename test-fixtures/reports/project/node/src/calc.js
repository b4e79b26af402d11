exports.add = (a, b) => a + b;

exports.fail = () => {
  throw new TypeError('thrown in the code');
};
