module.exports = {
  transform: { '\\.ts$': ['ts-jest', {}] },
  collectCoverageFrom: ['src/**'],
};
