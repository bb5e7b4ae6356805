package dev.ortune.api.grpc.tuning;

import dev.ortune.api.grpc.MessageSource;
import dev.ortune.api.grpc.proto.v1.FineTuningEvent;
import dev.ortune.api.grpc.proto.v1.ListCheckpointsRequest;
import dev.ortune.api.grpc.proto.v1.ListCheckpointsResponse;
import dev.ortune.api.grpc.proto.v1.ListEventsRequest;
import dev.ortune.api.grpc.proto.v1.ListEventsResponse;
import dev.ortune.api.grpc.proto.v1.ListMetricsRequest;
import dev.ortune.api.grpc.proto.v1.ListMetricsResponse;
import dev.ortune.api.grpc.proto.v1.StreamEventsRequest;
import dev.ortune.api.inference.ListSize;
import dev.ortune.error.InvalidInputException;
import dev.ortune.job.JobEvent;
import dev.ortune.job.JobStep;
import dev.ortune.tuning.JobCheckpoint;
import dev.ortune.tuning.JobNews;
import dev.ortune.tuning.NewsPage;
import jakarta.inject.Singleton;

/** The methods on what jobs tell while they are worked on. On worker threads. */
@Singleton
final class NewsMethods {

    private final JobNews news;

    NewsMethods(JobNews news) {
        this.news = news;
    }

    ListEventsResponse events(ListEventsRequest request) {
        NewsPage<JobEvent> page =
                news.events(
                        Fields.tenant(),
                        jobId(request.getJobId()),
                        Fields.present(request.hasAfter(), request.getAfter()),
                        Fields.limit(request.hasLimit(), request.getLimit(), ListSize.EVENTS));
        return ListEventsResponse.newBuilder()
                .addAllEvents(page.elements().stream().map(NewsMessages::of).toList())
                .setHasMore(page.hasMore())
                .build();
    }

    MessageSource<FineTuningEvent> follow(StreamEventsRequest request, Runnable hasMore) {
        long after = notNegative("after_number", request.getAfterNumber(), "an event");
        return new EventSource(news, Fields.tenant(), jobId(request.getJobId()), after, hasMore);
    }

    ListCheckpointsResponse checkpoints(ListCheckpointsRequest request) {
        NewsPage<JobCheckpoint> page =
                news.checkpoints(
                        Fields.tenant(),
                        jobId(request.getJobId()),
                        Fields.present(request.hasAfter(), request.getAfter()),
                        Fields.limit(request.hasLimit(), request.getLimit(), ListSize.CHECKPOINTS));
        return ListCheckpointsResponse.newBuilder()
                .addAllCheckpoints(page.elements().stream().map(NewsMessages::of).toList())
                .setHasMore(page.hasMore())
                .build();
    }

    ListMetricsResponse metrics(ListMetricsRequest request) {
        long after = notNegative("after_step", request.getAfterStep(), "a step");
        NewsPage<JobStep> page =
                news.steps(
                        Fields.tenant(),
                        jobId(request.getJobId()),
                        (int) after,
                        Fields.limit(request.hasLimit(), request.getLimit(), ListSize.STEPS));
        return ListMetricsResponse.newBuilder()
                .addAllSteps(page.elements().stream().map(NewsMessages::of).toList())
                .setHasMore(page.hasMore())
                .build();
    }

    private static String jobId(String text) {
        return Fields.required("job_id", text);
    }

    private static long notNegative(String field, long number, String what) {
        if (number < 0) {
            throw InvalidInputException.ofField(field, "must be the number of " + what);
        }
        return number;
    }
}
