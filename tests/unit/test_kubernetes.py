"""The manifests of `deploy/kubernetes`: what Kubernetes' own schemas say of them, and what we hold them to."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from explorer.app import create_app
from graph.settings import Settings
from tests.memory import MemoryGraph

FOLDER = Path(__file__).resolve().parents[2] / "deploy" / "kubernetes"
OLDEST, NEWEST = "1.32", "1.37"
PLAIN = ("kustomization.yaml", "example.yaml")
CONTAINERS = ("explorer", "loader")

Document = dict[str, Any]


def documents() -> Iterator[tuple[str, Document]]:
    for path in sorted(FOLDER.rglob("*.yaml")):
        if path.name not in PLAIN:
            for document in yaml.safe_load_all(path.read_text(encoding="utf-8")):
                yield f"{document['kind']}/{document['metadata']['name']}", document


ALL = dict(documents())


def one(kind: str, name: str = "") -> Document:
    (found,) = [each for each in ALL.values() if each["kind"] == kind and name in ("", each["metadata"]["name"])]
    return found


def pods() -> list[Document]:
    return [one(kind)["spec"]["template"]["spec"] for kind in ("Deployment", "Job")]


@pytest.mark.parametrize("version", [OLDEST, NEWEST])
@pytest.mark.parametrize("place", ALL)
def test_kubernetes_knows_every_field(place: str, version: str) -> None:
    assert kubernetes_validate.validate(ALL[place], version, strict=True)


def test_a_field_that_is_none_is_found() -> None:
    wrong = one("Service") | {"spec": {"prots": []}}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(wrong, NEWEST, strict=True)


def test_what_kustomize_is_to_apply_is_there() -> None:
    for file in FOLDER.rglob("kustomization.yaml"):
        kustomization = yaml.safe_load(file.read_text(encoding="utf-8"))
        generated = [name for each in kustomization.get("configMapGenerator", ()) for name in each["files"]]
        assert all((file.parent / name).is_file() for name in (*kustomization["resources"], *generated))
        (image,) = kustomization["images"]
        assert image["name"] == "conceptmap"
        assert image["newTag"][0].isdigit(), "a version, never a moving tag"
    applied = yaml.safe_load((FOLDER / "kustomization.yaml").read_text(encoding="utf-8"))["resources"]
    assert {path.name for path in FOLDER.glob("*.yaml")} - set(applied) == {
        "kustomization.yaml",
        "secrets.example.yaml",
    }


def test_the_example_of_secrets_holds_none() -> None:
    for each in ALL.values():
        if each["kind"] == "Secret":
            assert not any(each["stringData"].values())
            assert "data" not in each


def test_settings_are_settings_of_ours_and_are_right() -> None:
    given = one("ConfigMap", "conceptmap-settings")["data"]
    assert set(given) <= {field.alias for field in Settings.model_fields.values()}
    assert not any("env" in container for pod in pods() for container in pod["containers"])
    settings = Settings(**given)
    assert settings.asks_login
    assert settings.host == "0.0.0.0"
    (rule,) = one("Ingress")["spec"]["rules"]
    assert rule["host"] == settings.allowed_hosts


def test_files_that_settings_name_come_from_secrets() -> None:
    given = one("ConfigMap", "conceptmap-settings")["data"]
    secrets = {each["metadata"]["name"]: each["stringData"] for each in ALL.values() if each["kind"] == "Secret"}
    (pod, loader) = pods()
    there = {
        f"{mount['mountPath']}/{key}"
        for mount in pod["containers"][0]["volumeMounts"]
        for volume in pod["volumes"]
        if volume["name"] == mount["name"] and "secret" in volume
        for key in secrets[volume["secret"]["secretName"]]
    }
    assert {value for name, value in given.items() if name.endswith("_FILE")} == there
    assert "login" not in {volume["name"] for volume in loader["volumes"]}


def test_probes_ask_what_the_app_answers() -> None:
    (pod, _) = pods()
    container = pod["containers"][0]
    app = create_app(MemoryGraph([]), Settings())  # type: ignore[arg-type]
    client = app.server.test_client()
    paths = {container[probe]["httpGet"]["path"] for probe in ("startupProbe", "livenessProbe", "readinessProbe")}
    assert paths == {"/healthz", "/readyz"}
    assert all(client.get(path, base_url="http://127.0.0.1").status_code == 200 for path in paths)
    (port,) = container["ports"]
    assert str(port["containerPort"]) == one("ConfigMap", "conceptmap-settings")["data"]["CONCEPTMAP_PORT"]


def test_pods_may_do_little_and_take_little() -> None:
    for pod in pods():
        assert pod["automountServiceAccountToken"] is False
        assert pod["enableServiceLinks"] is False, "a Service called conceptmap would set CONCEPTMAP_PORT"
        assert pod["terminationGracePeriodSeconds"] <= 30
        security = pod["securityContext"]
        assert security["runAsNonRoot"] is True
        assert security["runAsUser"] == security["fsGroup"] == 10001
        assert security["seccompProfile"] == {"type": "RuntimeDefault"}
        (container,) = pod["containers"]
        assert container["name"] in CONTAINERS
        assert container["image"] == "conceptmap"
        own = container["securityContext"]
        assert own["readOnlyRootFilesystem"] is True
        assert own["allowPrivilegeEscalation"] is False
        assert own["capabilities"] == {"drop": ["ALL"]}
        assert set(container["resources"]["requests"]) == {"cpu", "memory"}
        assert "memory" in container["resources"]["limits"]
        assert all(mount["mountPath"] == "/tmp" or mount["readOnly"] for mount in container["volumeMounts"])


def test_whoever_selects_pods_finds_them() -> None:
    names = {
        one(kind)["spec"]["template"]["metadata"]["labels"]["app.kubernetes.io/name"] for kind in ("Deployment", "Job")
    }
    wanted = {one("Service")["spec"]["selector"]["app.kubernetes.io/name"]}
    for each in ALL.values():
        for key in ("selector", "podSelector"):
            if labels := each.get("spec", {}).get(key, {}).get("matchLabels"):
                wanted.add(labels["app.kubernetes.io/name"])
    assert wanted == names
