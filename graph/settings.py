"""Every setting of conceptmap, declared once with its default and help.

Settings are environment variables; those of the database have the names that the Neo4j ecosystem uses,
the rest begin with CONCEPTMAP_. The README's table is held against this declaration by a test.
"""

import re
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import platformdirs
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

from graph import Engine
from graph.errors import SettingsWrong

ADDRESS = re.compile(r"(bolt|neo4j)(\+s|\+ssc)?://\S+")


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
    queries_at_once: int = Field(
        default=4,
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
        problems = [f"{problem['loc'][0]} is wrong: {problem['msg']}." for problem in error.errors()]
        raise SettingsWrong(" ".join(problems)) from error


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
