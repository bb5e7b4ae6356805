package dev.ortune.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a document has that Kubernetes, or the owner of a custom resource, does not know: fields of
 * another name, values of another type. Kubernetes' own kinds are read as fabric8's models, others by
 * the schemas in {@code deploy/}, written after the published definitions.
 */
final class ManifestCheck {

    private static final Map<String, Class<?>> KINDS =
            Map.of(
                    "v1 ConfigMap", ConfigMap.class,
                    "v1 PersistentVolumeClaim", PersistentVolumeClaim.class,
                    "v1 Service", Service.class,
                    "v1 ServiceAccount", ServiceAccount.class,
                    "apps/v1 Deployment", Deployment.class,
                    "autoscaling/v2 HorizontalPodAutoscaler", HorizontalPodAutoscaler.class,
                    "networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class,
                    "policy/v1 PodDisruptionBudget", PodDisruptionBudget.class);

    private static final Map<String, String> SCHEMAS =
            Map.of(
                    "kustomize.config.k8s.io/v1beta1 Kustomization", "kustomization",
                    "kustomize.config.k8s.io/v1alpha1 Component", "kustomization",
                    "keda.sh/v1alpha1 ScaledObject", "keda-scaledobject",
                    "keda.sh/v1alpha1 TriggerAuthentication", "keda-triggerauthentication",
                    "monitoring.coreos.com/v1 ServiceMonitor", "prometheus-servicemonitor",
                    "serving.kserve.io/v1alpha1 ServingRuntime", "kserve-servingruntime",
                    "serving.kserve.io/v1beta1 InferenceService", "kserve-inferenceservice");

    /** Parts of Kubernetes' own within custom resources. */
    private static final Map<String, Class<?>> PARTS =
            Map.of(
                    "ObjectMeta", ObjectMeta.class,
                    "Container", Container.class,
                    "Volume", Volume.class,
                    "Toleration", Toleration.class,
                    "ResourceRequirements", ResourceRequirements.class,
                    "SecretKeySelector", SecretKeySelector.class);

    private static final ObjectMapper STRICT = strict();

    private ManifestCheck() {}

    /** What is wrong with a document, or with the part of one that a patch is; best nothing. */
    static List<String> faults(JsonNode document) {
        String kind = document.path("apiVersion").asText() + " " + document.path("kind").asText();
        if (KINDS.containsKey(kind)) {
            return read(document, KINDS.get(kind));
        }
        if (SCHEMAS.containsKey(kind)) {
            return new SchemaCheck((part, name) -> read(part, part(name)))
                    .faults(schema(SCHEMAS.get(kind)), document);
        }
        return List.of("\"" + kind + "\" is no kind that this test knows");
    }

    private static Class<?> part(String name) {
        return Objects.requireNonNull(PARTS.get(name), name);
    }

    private static List<String> read(JsonNode node, Class<?> type) {
        try {
            STRICT.treeToValue(node, type);
            return List.of();
        } catch (JsonProcessingException e) {
            return List.of(e.getMessage());
        }
    }

    private static JsonNode schema(String name) {
        try (InputStream file =
                ManifestCheck.class.getResourceAsStream("/deploy/" + name + ".json")) {
            return new ObjectMapper().readTree(Objects.requireNonNull(file, name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As strict as the API server, which takes no number where a text belongs. */
    private static ObjectMapper strict() {
        ObjectMapper mapper =
                JsonMapper.builder()
                        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .annotationIntrospector(
                                new JacksonAnnotationIntrospector() {
                                    private static final long serialVersionUID = 1;

                                    @Override
                                    public Boolean hasAnySetter(Annotated annotated) {
                                        // fabric8 would keep what it does not know.
                                        return false;
                                    }
                                })
                        .build();
        for (CoercionInputShape shape :
                List.of(
                        CoercionInputShape.Integer,
                        CoercionInputShape.Float,
                        CoercionInputShape.Boolean)) {
            mapper.coercionConfigFor(LogicalType.Textual).setCoercion(shape, CoercionAction.Fail);
        }
        return mapper;
    }
}
