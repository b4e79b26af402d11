exports.add = ({ a, b }) => a + b;

exports.never = () => {
  return 1;
};
