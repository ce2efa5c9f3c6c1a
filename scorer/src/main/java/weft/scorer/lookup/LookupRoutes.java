package weft.scorer.lookup;

import io.javalin.config.RoutesConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.ServiceUnavailableResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import weft.kafka.service.HttpServer;
import weft.kafka.service.ServiceContext;
import weft.scorer.models.ModelRegistry;
import weft.scorer.quality.GlobalQuality;

/// Read-only look-up under `/v1/`: quality, confusion, clusters, provenance and the assignments of an image.
///
/// The routes are there before the scorer is; until it opens them they are a 503.
public final class LookupRoutes implements Consumer<RoutesConfig> {
    private final AtomicReference<@Nullable Answers> answers = new AtomicReference<>();

    /// Answers from now on.
    ///
    /// @param totalsTopic compacted, with the newest total of each pipeline and task
    /// @return what follows the topics for it, to be closed by the caller
    public LookupFeed open(ServiceContext context, String totalsTopic, ModelRegistry models) {
        LookupFeed feed =
                LookupFeed.start(context.kafka(), context.topics(), totalsTopic, context.clock(), context.onFailure());
        answers.set(new Answers(new GlobalQuality(context.dataset().classes()), models, feed, context.clock()));
        return feed;
    }

    @Override
    public void accept(RoutesConfig routes) {
        routes.get("/v1/pipelines", ctx -> HttpServer.json(ctx, answers().pipelines()));
        routes.get(
                "/v1/pipelines/{pipeline}/quality",
                ctx -> ctx.contentType("application/json").result(answers().quality(ctx.pathParam("pipeline"))));
        routes.get("/v1/pipelines/{pipeline}/confusion", this::confusion);
        routes.get(
                "/v1/pipelines/{pipeline}/clusters",
                ctx -> HttpServer.json(ctx, answers().clusters(ctx.pathParam("pipeline"))));
        routes.get(
                "/v1/pipelines/{pipeline}/clusters/{cluster}",
                ctx -> HttpServer.json(ctx, answers().cluster(ctx.pathParam("pipeline"), ctx.pathParam("cluster"))));
        routes.get("/v1/models", ctx -> HttpServer.json(ctx, answers().models()));
        routes.get("/v1/models/{model}", ctx -> HttpServer.json(ctx, answers().model(ctx.pathParam("model"))));
        routes.get("/v1/images/{id}", ctx -> HttpServer.json(ctx, answers().image(ctx.pathParam("id"))));
        routes.exception(
                NotFoundException.class,
                (fault, ctx) -> HttpServer.fault(ctx, HttpStatus.NOT_FOUND, String.valueOf(fault.getMessage())));
    }

    private Answers answers() {
        Answers open = answers.get();
        if (open == null) {
            throw new ServiceUnavailableResponse("the scorer is being started");
        }
        return open;
    }

    private void confusion(Context ctx) {
        List<String> known = List.of("slice", "window");
        for (String name : ctx.queryParamMap().keySet()) {
            if (!known.contains(name)) {
                throw new BadRequestResponse(
                        "unknown parameter " + HttpServer.shown(name) + ": " + String.join(", ", known));
            }
        }
        String window = Optional.ofNullable(ctx.queryParam("window")).orElse("false");
        if (!window.equals("true") && !window.equals("false")) {
            throw new BadRequestResponse("window must be true or false, not " + HttpServer.shown(window));
        }
        String slice = Optional.ofNullable(ctx.queryParam("slice")).orElse("prequential");
        HttpServer.json(ctx, answers().confusion(ctx.pathParam("pipeline"), slice, window.equals("true")));
    }
}
