# The Slack bot as an image: docker build -t wherefore . ; docker run --env-file .env -v wherefore:/var/lib/wherefore wherefore
FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Node is the image's own; the package that brings one is for machines with an older Node.
RUN npm ci --omit=dev --no-audit --no-fund && rm -rf node_modules/node-linux-*

FROM node:24-bookworm-slim
ENV NODE_ENV=production \
    WHEREFORE_CASES=/var/lib/wherefore/cases \
    WHEREFORE_SLACK_ADDRESS=0.0.0.0
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY package.json ./
COPY knowledge knowledge
COPY tools tools
COPY bot bot
RUN mkdir -p /var/lib/wherefore && chown node:node /var/lib/wherefore
USER node
VOLUME /var/lib/wherefore
EXPOSE 3000
# Healthy means that the process lives; whether Slack and the store answer is /readyz.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.WHEREFORE_SLACK_PORT || 3000}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Signals reach the bot itself: it ends what is under way and gives back what is not.
STOPSIGNAL SIGTERM
ENTRYPOINT ["node", "bot/terminal/wherefore.mjs"]
CMD ["slack"]
