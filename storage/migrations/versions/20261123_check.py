"""Questions that had no answer, and what officers said they mean."""

import sqlalchemy as sa
from alembic import op

revision = '20261123_check'
down_revision = '20261123_twins'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('question_miss',
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('key', 'day', name=op.f('pk_question_miss'))
    )
    op.create_table('question_alias',
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('intent', sa.Text(), nullable=False),
    sa.Column('added_on', sa.Date(), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_question_alias'))
    )


def downgrade() -> None:
    op.drop_table('question_alias')
    op.drop_table('question_miss')
