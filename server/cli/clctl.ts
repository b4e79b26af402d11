process.argv.splice(2, 0, 'ctl');
void import('./main.ts');
