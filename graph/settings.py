"""Every setting of conceptmap, declared once with its default and help.

Settings are environment variables; those of the database have the names that the Neo4j ecosystem uses,
the rest begin with CONCEPTMAP_. The README's table is held against this declaration by a test.
"""

import ipaddress
import re
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

import platformdirs
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

from graph import Engine
from graph.errors import SettingsWrong

ADDRESS = re.compile(r"(bolt|neo4j)(\+s|\+ssc)?://\S+")
ORIGIN = re.compile(r"https?://(\[[0-9a-f:]+\]|[a-z0-9.-]+)(:\d{1,5})?")


class Settings(BaseSettings):
    """What the environment says; `Settings()` reads it, keyword arguments, by the same names, go before it."""

    model_config = SettingsConfigDict(extra="ignore", env_ignore_empty=True, frozen=True)

    neo4j_uri: str | None = Field(
        default=None,
        alias="NEO4J_URI",
        description="Address of your own server (`bolt://…`, `neo4j://…`, `neo4j+s://…`). Unset: the bundled server.",
    )
    neo4j_username: str = Field(default="neo4j", alias="NEO4J_USERNAME", description="Account on your own server.")
    neo4j_password: SecretStr | None = Field(
        default=None, alias="NEO4J_PASSWORD", description="Its password; the file below is safer."
    )
    neo4j_password_file: Path | None = Field(
        default=None, alias="NEO4J_PASSWORD_FILE", description="File that holds the password."
    )
    neo4j_database: str = Field(default="neo4j", alias="NEO4J_DATABASE", description="Name of the database.")
    read_username: str | None = Field(
        default=None,
        alias="CONCEPTMAP_READ_USERNAME",
        description="Account for reading, where another than the writing one shall be used.",
    )
    read_password_file: Path | None = Field(
        default=None, alias="CONCEPTMAP_READ_PASSWORD_FILE", description="File that holds that account's password."
    )
    engine: Engine = Field(
        default="arcadedb", alias="CONCEPTMAP_ENGINE", description="The bundled server: `arcadedb` or `neo4j`."
    )
    home: Path = Field(
        default_factory=lambda: Path(platformdirs.user_data_dir("conceptmap", appauthor=False)),
        alias="CONCEPTMAP_HOME",
        description="Folder of the bundled server's data. Default: the user's data folder.",
    )
    host: str = Field(default="127.0.0.1", alias="CONCEPTMAP_HOST", description="Address the explorer listens on.")
    port: int = Field(
        default=8050, ge=0, le=65535, alias="CONCEPTMAP_PORT", description="Port of the explorer; 0: any free one."
    )
    allowed_hosts: str = Field(
        default="",
        alias="CONCEPTMAP_ALLOWED_HOSTS",
        description="Host names under which browsers may reach the explorer, separated by commas; loopback always may.",
    )
    query_timeout: float = Field(
        default=10.0, gt=0, alias="CONCEPTMAP_QUERY_TIMEOUT", description="Seconds that a query may take."
    )
    users_file: Path | None = Field(
        default=None,
        alias="CONCEPTMAP_USERS_FILE",
        description="File of those who may log in, made by `conceptmap user add`. Set: the explorer asks for a login.",
    )
    login_port: int | None = Field(
        default=None,
        ge=1,
        le=65535,
        alias="CONCEPTMAP_LOGIN_PORT",
        description="A second port, at which everybody logs in: `--no-login` then holds for the first port alone.",
    )
    session_key_file: Path | None = Field(
        default=None,
        alias="CONCEPTMAP_SESSION_KEY_FILE",
        description="File of the key that signs sessions, made when absent; explorers that share it share sessions. "
        "Default: `session.key` in CONCEPTMAP_HOME.",
    )
    session_hours: float = Field(
        default=12.0, gt=0, alias="CONCEPTMAP_SESSION_HOURS", description="Hours after which to log in again."
    )
    trusted_user_header: str = Field(
        default="",
        alias="CONCEPTMAP_TRUSTED_USER_HEADER",
        description="Header in which a proxy that has logged the reader in names the user, such as `X-Remote-User`.",
    )
    trusted_proxies: str = Field(
        default="",
        alias="CONCEPTMAP_TRUSTED_PROXIES",
        description="Addresses or networks of proxies, separated by commas; only these are believed.",
    )
    api_origins: str = Field(
        default="",
        alias="CONCEPTMAP_API_ORIGINS",
        description="Origins whose pages may ask the API (`https://wiki.example.org`), separated by commas.",
    )
    queries_at_once: int = Field(
        default=2,
        ge=1,
        le=1000,
        alias="CONCEPTMAP_QUERIES_AT_ONCE",
        description="How many queries of people's own may run at once in a process; others wait for their turn.",
    )
    console: Literal["on", "off"] = Field(
        default="on", alias="CONCEPTMAP_CONSOLE", description="`off` takes the Cypher console out of the explorer."
    )
    library: Path | None = Field(
        default=None,
        alias="CONCEPTMAP_LIBRARY",
        description="Folder of your own `.cypher` files, which are added to the library of queries.",
    )

    @field_validator("neo4j_uri")
    @classmethod
    def _is_address(cls, uri: str | None) -> str | None:
        if uri is not None and not _is_address(uri):
            raise PydanticCustomError(
                "address", "it is no address of a database: write bolt://, neo4j:// or neo4j+s://, a host and a port"
            )
        return uri

    @field_validator("api_origins")
    @classmethod
    def _are_origins(cls, text: str) -> str:
        for origin in listed(text):
            if not ORIGIN.fullmatch(origin):
                raise PydanticCustomError(
                    "origin", "it is no list of origins: write https://, a host and perhaps a port, without a path"
                )
        return text

    @field_validator("trusted_proxies")
    @classmethod
    def _are_networks(cls, text: str) -> str:
        for network in listed(text):
            try:
                ipaddress.ip_network(network, strict=False)
            except ValueError as error:
                raise PydanticCustomError(
                    "network", "it is no list of addresses: write such as 10.0.0.7 or 10.0.0.0/24"
                ) from error
        return text

    @model_validator(mode="after")
    def _believes_someone(self) -> Self:
        if self.trusted_user_header and not listed(self.trusted_proxies):
            raise PydanticCustomError(
                "proxies",
                "CONCEPTMAP_TRUSTED_USER_HEADER is believed only from proxies: name them in CONCEPTMAP_TRUSTED_PROXIES",
            )
        return self

    @model_validator(mode="after")
    def _has_users_for_its_second_door(self) -> Self:
        if self.login_port is not None and not self.asks_login:
            raise PydanticCustomError(
                "door",
                "CONCEPTMAP_LOGIN_PORT is a port for those who log in: set CONCEPTMAP_USERS_FILE or "
                "CONCEPTMAP_TRUSTED_USER_HEADER too, or leave it out",
            )
        return self

    @property
    def asks_login(self) -> bool:
        """Must readers say who they are?"""
        return self.users_file is not None or bool(self.trusted_user_header)

    def password(self) -> str:
        """The password of the writing account. Raises SettingsWrong when its file cannot be read."""
        if self.neo4j_password is not None:
            return self.neo4j_password.get_secret_value()
        return _read_secret(self.neo4j_password_file, "NEO4J_PASSWORD_FILE")

    def read_account(self) -> tuple[str, str] | None:
        """User name and password of the account for reading, if one is set."""
        if self.read_username is None:
            return None
        return self.read_username, _read_secret(self.read_password_file, "CONCEPTMAP_READ_PASSWORD_FILE")


def read_settings(**given: object) -> Settings:
    """Settings from the environment. Raises SettingsWrong with one sentence for each value that is wrong."""
    try:
        return Settings(**{key: value for key, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        problems = [_problem(problem["loc"], problem["msg"]) for problem in error.errors()]
        raise SettingsWrong(" ".join(problems)) from error


def listed(text: str) -> tuple[str, ...]:
    """The parts of a list that is separated by commas."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _problem(place: tuple[int | str, ...], message: str) -> str:
    """A problem of one setting, or of several together."""
    return f"{place[0]} is wrong: {message}." if place else f"{message}."


def _is_address(uri: str) -> bool:
    try:
        parts = urlsplit(uri)
        return bool(ADDRESS.fullmatch(uri) and parts.hostname) and parts.port != 0
    except ValueError:  # of a port that is none, or of half an IPv6 address
        return False


def _read_secret(path: Path | None, name: str) -> str:
    if path is None:
        return ""
    try:
        return path.read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsWrong(f"The password file {path} ({name}) cannot be read: {error}.") from error
