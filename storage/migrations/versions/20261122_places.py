"""Hamlets of communes, and examples of tips that went elsewhere."""

import sqlalchemy as sa
from alembic import op

revision = '20261122_places'
down_revision = '20261122_sending'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('hamlet',
    sa.Column('commune_code', sa.Text(), nullable=False),
    sa.Column('former', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['commune_code'], ['station.code'], name=op.f('fk_hamlet_commune_code')),
    sa.PrimaryKeyConstraint('commune_code', 'former', 'name', name=op.f('pk_hamlet'))
    )
    op.create_table('reroute',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('month', sa.Text(), nullable=False),
    sa.Column('from_code', sa.Text(), nullable=False),
    sa.Column('to_code', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('pattern', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reroute'))
    )


def downgrade() -> None:
    op.drop_table('reroute')
    op.drop_table('hamlet')
