# One static binary on an image without a shell. The data folder is the volume.
#   docker build -t prospectcoach .
#   docker run -d --env-file .env -v prospectcoach:/data prospectcoach
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags='-s -w' -o /out/prospectcoach ./cmd/prospectcoach && mkdir -p /out/data

FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /out/prospectcoach /usr/local/bin/prospectcoach
COPY --from=build --chown=65532:65532 /out/data /data
ENV DATABASE_URL=sqlite:///data/prospectcoach.db HTTP_ADDR=:9090
VOLUME /data
USER 65532:65532
WORKDIR /data
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["/usr/local/bin/prospectcoach", "healthcheck"]
ENTRYPOINT ["/usr/local/bin/prospectcoach"]
CMD ["serve"]
