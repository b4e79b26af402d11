import type { PackageIndex } from './manifestEntry.ts';

/** Names that many look for, so that others are named like them to be taken for them. */
const popular: Readonly<Partial<Record<PackageIndex, readonly string[]>>> = {
  npm: `
    react react-dom vue angular svelte preact express fastify koa next nuxt axios lodash underscore moment dayjs luxon
    chalk commander yargs inquirer debug dotenv uuid nanoid async bluebird rxjs request node-fetch cross-env cross-spawn
    typescript eslint prettier webpack rollup vite vitest esbuild babel-core jest mocha chai sinon jasmine cypress playwright
    puppeteer electron mongoose mongodb mysql mysql2 sequelize knex prisma redis ioredis socket.io jsonwebtoken bcrypt
    bcryptjs passport cors helmet body-parser cookie-parser multer sharp glob rimraf mkdirp minimist semver classnames
    styled-components tailwindcss postcss autoprefixer redux zustand immer immutable zod ajv joi graphql winston pino
    nodemon concurrently husky colors coffee-script discord.js web3 ethers colorette picocolors kleur marked ms qs tslib
  `
    .trim()
    .split(/\s+/u),
  pypi: `
    requests urllib3 numpy pandas scipy matplotlib seaborn scikit-learn tensorflow torch keras transformers openai
    anthropic langchain django flask fastapi uvicorn gunicorn starlette pydantic sqlalchemy alembic psycopg2 pymongo redis
    celery boto3 botocore awscli beautifulsoup4 lxml selenium scrapy pillow opencv-python pytest tox nose coverage mypy
    ruff black flake8 pylint isort click typer rich colorama tqdm jinja2 markupsafe werkzeug pyyaml toml python-dateutil
    pytz attrs httpx aiohttp websockets cryptography pycryptodome paramiko setuptools wheel virtualenv poetry ipython
    jupyter notebook networkx sympy nltk spacy hypothesis simplejson orjson six certifi idna chardet packaging docopt
  `
    .trim()
    .split(/\s+/u),
  crates: `
    serde serde_json serde_derive tokio rand clap regex log env_logger anyhow thiserror reqwest hyper actix-web axum rocket
    diesel sqlx chrono uuid itertools rayon crossbeam parking_lot lazy_static once_cell futures async-trait bytes tracing
    syn quote proc-macro2 libc bitflags num-traits base64 hex sha2 url
  `
    .trim()
    .split(/\s+/u),
};

/** The popular name that this one could be mistaken for; undefined: none, or it is that name. */
export function resembledName(index: PackageIndex, name: string): string | undefined {
  const known = popular[index] ?? [];
  const plain = plainName(name);
  if (plain.length < 4 || known.some((one) => plainName(one) === plain && isSame(index, one, name)))
    return undefined;
  return known.find((one) => {
    const other = plainName(one);
    if (other.length < 4 || other[0] !== plain[0]) return false;
    return other === plain || isOneAway(plain, other);
  });
}

function isSame(index: PackageIndex, one: string, other: string): boolean {
  // PyPI and crates.io take `-`, `_` and case for the same, npm does not.
  return index === 'npm' ? one === other : true;
}

function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[-_.]/gu, '');
}

/** By one letter that is missing, more or another, or by two neighbours that changed places. */
function isOneAway(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 1) return false;
  let start = 0;
  while (start < one.length && one[start] === other[start]) start += 1;
  const [restOne, restOther] = [one.slice(start), other.slice(start)];
  return (
    restOne.slice(1) === restOther ||
    restOne === restOther.slice(1) ||
    restOne.slice(1) === restOther.slice(1) ||
    (restOne[0] === restOther[1] && restOne[1] === restOther[0] && restOne.slice(2) === restOther.slice(2))
  );
}
