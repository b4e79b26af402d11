it('dies', () => {
  process.kill(process.pid, 'SIGKILL');
});
