"""Local words: every addition and removal, in order."""

import sqlalchemy as sa
from alembic import op

revision = '20261123_localwords'
down_revision = '20261123_floods'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'local_word',
        sa.Column('version', sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column('word', sa.Text(), nullable=False),
        sa.Column('meaning', sa.Text(), nullable=True),
        sa.Column('officer_id', sa.Uuid(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ['officer_id'], ['officer.id'], name=op.f('fk_local_word_officer_id')
        ),
        sa.PrimaryKeyConstraint('version', name=op.f('pk_local_word')),
    )


def downgrade() -> None:
    op.drop_table('local_word')
