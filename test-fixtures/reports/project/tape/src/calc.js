exports.add = (a, b) => a + b;
exports.fail = () => {
  throw new Error('thrown in the code');
};
